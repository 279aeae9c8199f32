/** The list of what the map shows: its equal for those who cannot see or tap the map. */

import { ASSET_KINDS, word } from "../choices.js";
import { fill, h } from "../dom.js";
import { farWords } from "../position.js";
import { inWords, said } from "../words.js";
import { metresTo } from "./geometry.js";
import { mark } from "./symbols.js";

const PAGE = 30;

function tallied(pins) {
  const found = new Map();
  pins.forEach(({ sort, record }) => {
    const counts = found.get(String(record.asset)) || { defect: 0, order: 0 };
    counts[sort] += 1;
    found.set(String(record.asset), counts);
  });
  return found;
}

function workWords(counts) {
  if (!counts) return "";
  const words = [];
  if (counts.defect) {
    const text = ngettext("%(count)s open defect", "%(count)s open defects", counts.defect);
    words.push(said(text, { count: counts.defect }));
  }
  if (counts.order) {
    const text = ngettext("%(count)s work order", "%(count)s work orders", counts.order);
    words.push(said(text, { count: counts.order }));
  }
  return words.join(" · ");
}

function matches(asset, { text, kind }) {
  if (kind && asset.kind !== kind) return false;
  if (!text) return true;
  return [asset.name, asset.name_en, asset.code, asset.area_name, asset.township_name].some(
    (value) => value && String(value).toLowerCase().includes(text),
  );
}

function ordered(assets, position) {
  const rows = assets.map((asset) => ({
    asset,
    far: position ? metresTo(asset.geometry, position.lon, position.lat) : null,
  }));
  if (!position) {
    return rows.sort((a, b) => String(a.asset.code).localeCompare(String(b.asset.code)));
  }
  return rows.sort((a, b) => (a.far === null ? Infinity : a.far) - (b.far === null ? Infinity : b.far));
}

function row({ asset, far }, counts, showOnMap) {
  const detail = [
    word(ASSET_KINDS, asset.kind),
    asset.area_name || asset.township_name,
    farWords(far),
  ];
  const work = workWords(counts.get(String(asset.id)));
  return h("li", { class: "map-item" },
    h("a", { class: "map-item-link", href: `#/asset/${asset.id}` },
      mark(asset.kind, ""),
      h("span", {},
        h("strong", {}, inWords(asset)),
        h("span", { class: "map-facts" }, [asset.code, ...detail].filter(Boolean).join(" · ")),
        work ? h("span", { class: "map-work" }, work) : null)),
    asset.geometry
      ? h("button", {
        type: "button",
        class: "map-item-show",
        "aria-label": said(gettext("Show %(name)s on the map"), { name: inWords(asset) }),
        onclick: () => showOnMap(asset),
      }, gettext("Map"))
      : null);
}

function controls(asked, changed) {
  const kinds = ASSET_KINDS().filter(([code]) => code !== "housing");
  return h("div", { class: "map-search" },
    h("label", { for: "map-search" }, gettext("Name, code or village")),
    h("input", {
      id: "map-search",
      type: "search",
      autocomplete: "off",
      value: asked.text,
      oninput: (event) => changed({ text: event.target.value.trim().toLowerCase() }),
    }),
    h("label", { for: "map-kind" }, gettext("Kind")),
    h("select", { id: "map-kind", onchange: (event) => changed({ kind: event.target.value }) },
      h("option", { value: "" }, gettext("All kinds")),
      kinds.map(([code, name]) => h("option", { value: code }, name))));
}

/**
 * Make the list.
 * @param {{position: function(): (Object|null), showOnMap: function(Object): void}} context
 * @returns {{node: HTMLElement, draw: function(Object): void}} `draw(scene)` fills it
 */
export function assetList({ position, showOnMap }) {
  const asked = { text: "", kind: "", most: PAGE };
  const found = h("p", { class: "fine", role: "status" });
  const list = h("ul", { class: "map-items" });
  const more = h("button", { type: "button", class: "big-button plain" }, gettext("Show more"));
  let scene = { assets: [], pins: [] };
  const draw = () => {
    const counts = tallied(scene.pins);
    const rows = ordered(scene.assets.filter((asset) => matches(asset, asked)), position());
    const text = ngettext("%(count)s asset", "%(count)s assets", rows.length);
    fill(found, said(text, { count: rows.length }),
      " · ", position() ? gettext("nearest first") : gettext("by code"));
    fill(list, rows.slice(0, asked.most).map((one) => row(one, counts, showOnMap)));
    more.hidden = rows.length <= asked.most;
  };
  more.addEventListener("click", () => {
    asked.most += PAGE;
    draw();
  });
  const changed = (change) => {
    Object.assign(asked, change, { most: PAGE });
    draw();
  };
  return {
    node: h("div", { class: "map-list" }, controls(asked, changed), found, list, more),
    draw(next) {
      scene = next;
      draw();
    },
  };
}
