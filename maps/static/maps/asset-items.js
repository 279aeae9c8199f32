/** Assets in the list and in words: their facts as the map's interface gives them. */
import { config, kilometres, nameOf, word } from "./config.js";
import { el } from "./dom.js";
import { getState } from "./state.js";
import { GAP_COLOURS, STATE_COLOURS, gapLine, upkeepMark } from "./upkeep-icons.js";
import { onGround } from "./palette.js";

/** Metres along a route as `K1+200`. */
export function chainage(metres) {
  const whole = Math.trunc(metres / 1000);
  const rest = Math.round((metres - whole * 1000) * 10) / 10;
  return `K${whole}+${String(Math.trunc(rest)).padStart(3, "0")}${rest % 1 ? String(rest % 1).slice(1, 3) : ""}`;
}

/** The stretch of a section, or of a closure. */
export function stretch(record) {
  if (record.start_m === null || record.start_m === undefined) return "";
  return `${chainage(record.start_m)}–${chainage(record.end_m)}`;
}

/** What an asset lacks, as the legend calls it; empty on the public's map. */
export function gapOf(properties) {
  return properties.gap === undefined ? "" : properties.gap || "not_kept";
}

/** The symbol of an asset. */
export function assetMark(properties, theme) {
  return upkeepMark("asset", properties.kind, gapOf(properties), properties.state, config.public ? "state" : getState().by, theme);
}

/** Upkeep and state of an asset, each as symbol and word. */
export function assetTags(properties, theme) {
  const gap = gapOf(properties);
  const tags = [el("span", { class: "mk-tag" }, upkeepMark("asset", "", "", properties.state, "state", theme), word("asset_state", properties.state))];
  if (gap) tags.unshift(el("span", { class: `mk-tag mk-gap-${gap}` }, upkeepMark("asset", "", gap, "in_service", "delay", theme), word("gap", gap)));
  if (properties.has_defects) tags.push(el("span", { class: "mk-tag" }, upkeepMark("defect", "moderate", "false", theme), gettext("Open defects")));
  return tags;
}

/** The facts below an asset's name. */
export function assetPlace(properties) {
  const length = properties.kind === "road" && properties.measured_length_m ? kilometres(properties.measured_length_m) : "";
  return [properties.township_name, word("kind", properties.kind), properties.route_no, stretch(properties), length].filter(Boolean).join(" · ");
}

/** An entry of the list. */
export function assetItem(feature, theme) {
  const { properties } = feature;
  return [
    el("span", { class: "mk-symbol" }, assetMark(properties, theme)),
    el("div", { class: "mk-item-body" },
      el("div", { class: "mk-item-name" }, nameOf(properties)),
      el("div", { class: "mk-item-place" }, assetPlace(properties)),
      el("div", { class: "mk-tags" }, assetTags(properties, theme))),
  ];
}

/** What stands for a value of the legend: a piece of road and a symbol. */
export function legendMarks(group, code, theme) {
  if (group === "gap") return [gapLine(code, onGround(GAP_COLOURS[code], theme)), upkeepMark("asset", "", code, "in_service", "delay", theme)];
  return [gapLine("none", onGround(STATE_COLOURS[code], theme)), upkeepMark("asset", "", "", code, "state", theme)];
}
