/** The legend of assets and upkeep: colour, shape and line pattern, each with its word and number. */
import { config, number, sentence, word } from "./config.js";
import { el } from "./dom.js";
import { getState, setFilter } from "./state.js";
import { legendMarks } from "./asset-items.js";
import { shownLayers, showsAssets } from "./layers.js";
import { ASSET_STATES, GAPS } from "./upkeep.js";
import { upkeepMark } from "./upkeep-icons.js";

function flip(name, code) {
  const before = getState().filter[name] || [];
  setFilter({ [name]: before.includes(code) ? before.filter((kept) => kept !== code) : before.concat([code]) });
}

function row(name, code, group, counts, theme) {
  const text = word(group, code);
  const count = counts ? number((counts[name === "gap" ? "gap" : "state"] || {})[code] || 0) : "–";
  const parts = [el("span", { class: "mk-symbol" }, legendMarks(name, code, theme)), el("span", { class: "mk-legend-text" }, text), el("span", { class: "mk-count" }, count)];
  if (code === "not_kept") return el("li", { class: "mk-legend-row" }, parts);
  return el("li", {}, el("button", {
    type: "button", class: "mk-legend-row", "aria-pressed": String((getState().filter[name] || []).includes(code)),
    title: sentence(gettext("Show only: %(what)s"), { what: text }), onclick: () => flip(name, code),
  }, parts));
}

function plain(symbol, text) {
  return el("li", { class: "mk-legend-row" }, el("span", { class: "mk-symbol" }, symbol), el("span", { class: "mk-legend-text" }, text));
}

function work(theme) {
  const shown = shownLayers();
  const rows = [];
  if (shown.defects !== undefined && !config.public) {
    ["minor", "moderate", "serious"].forEach((code) => rows.push(plain(upkeepMark("defect", code, "false", theme), sentence(gettext("Defect: %(severity)s"), { severity: word("severity", code) }))));
  }
  if (shown.work_orders !== undefined && !config.public) {
    ["normal", "high", "urgent"].forEach((code) => rows.push(plain(upkeepMark("order", code, "false", theme), sentence(gettext("Work order: %(priority)s"), { priority: word("priority", code) }))));
  }
  if (rows.length) rows.push(plain(upkeepMark("order", "normal", "true", theme), gettext("A red ring: overdue")));
  if (shown.closures !== undefined) {
    rows.push(plain(upkeepMark("closure", "true", theme), gettext("Road closed today")));
    rows.push(plain(upkeepMark("closure", "false", theme), gettext("Closure to come")));
  }
  return rows;
}

/** The legend's parts for what is shown of upkeep; none where nothing is. */
export function upkeepLegend(counts, theme) {
  const rows = work(theme);
  const parts = [];
  if (showsAssets() && !config.public) {
    parts.push(el("h3", {}, gettext("Upkeep of assets")));
    parts.push(el("ul", { class: "mk-legend-list" }, [...GAPS, "not_kept"].map((code) => row("gap", code, "gap", counts, theme))));
  }
  if (showsAssets()) {
    parts.push(el("h3", {}, gettext("State of assets")));
    parts.push(el("ul", { class: "mk-legend-list" }, ASSET_STATES.map((code) => row("asset_state", code, "asset_state", counts, theme))));
  }
  if (rows.length) parts.push(el("h3", {}, gettext("Work and closures")), el("ul", { class: "mk-legend-list" }, rows));
  if (showsAssets() && !config.public) {
    parts.push(el("p", { class: "mk-legend-note" }, gettext("A number in a ring is a group of assets; the red part of the ring lacks something.")));
  }
  return parts;
}
