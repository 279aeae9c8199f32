/** The layer tree: what is shown, how strongly, and how many sites each layer holds. */
import { config, number, sentence, word } from "./config.js";
import { byId, el, fill, icon } from "./dom.js";
import { getState, onState, setState } from "./state.js";
import { lineMark, mark } from "./icons.js";
import { ground } from "./palette.js";
import { POINT_KINDS } from "./style.js";
import { UPKEEP } from "./upkeep.js";
import { upkeepMark } from "./upkeep-icons.js";

const KIND_OF = Object.assign({ roads: "road" }, POINT_KINDS);
const opened = {};
/** The layer whose slider is being moved: its row must stay as it is until it is let go. */
let sliding = "";
let theme = "light";
let counts = null;
let assetTotal = "";
const UPKEEP_NAMES = {
  assets: () => gettext("Assets"),
  defects: () => gettext("Defects"),
  work_orders: () => gettext("Work orders"),
  closures: () => gettext("Road closures"),
  structures: () => gettext("Structures on roads"),
};

/** Entries of the tree in their order. */
function entries() {
  const kinds = Object.keys(KIND_OF)
    .filter((id) => config.kinds.includes(KIND_OF[id]))
    .map((id) => ({ id, name: word("kind", KIND_OF[id]), kind: KIND_OF[id] }));
  const ground_ = [
    { id: "townships", name: gettext("Township boundaries") },
    { id: "villages", name: gettext("Village boundaries") },
    { id: "names", name: gettext("Place names") },
    { id: "graticule", name: gettext("Graticule") },
  ];
  if (config.basemap) ground_.push({ id: "basemap", name: gettext("Base map") });
  const upkeep = UPKEEP.map((id) => ({ id, name: UPKEEP_NAMES[id](), upkeep: true }));
  return { kinds, upkeep, ground: ground_ };
}

/** What is shown when the address does not say otherwise: all but the graticule and upkeep. */
function defaults() {
  const { kinds, ground: below } = entries();
  const shown = {};
  kinds.concat(below).forEach((entry) => {
    if (entry.id !== "graticule") shown[entry.id] = 100;
  });
  return shown;
}

/** Opacity in percent of every shown layer. */
export function shownLayers() {
  return getState().layers || defaults();
}

/** The kinds whose layers are shown. */
export function shownKinds() {
  const shown = shownLayers();
  return Object.keys(KIND_OF).filter((id) => shown[id] !== undefined && config.kinds.includes(KIND_OF[id])).map((id) => KIND_OF[id]);
}

/** The kinds of points that are shown. */
export function shownPointKinds() {
  return shownKinds().filter((kind) => kind !== "road");
}

/**
 * The filter narrowed to the layers that are shown: what list and export hold.
 * @returns {Object|null} null when nothing is shown at all
 */
export function effectiveFilter() {
  const { filter } = getState();
  const kinds = shownKinds();
  if (kinds.length === config.kinds.length) return filter;
  const wanted = filter.kind ? filter.kind.filter((kind) => kinds.includes(kind)) : kinds;
  return wanted.length ? Object.assign({}, filter, { kind: wanted }) : null;
}

function keep(shown) {
  const standard = JSON.stringify(sorted(defaults())) === JSON.stringify(sorted(shown));
  setState({ layers: standard ? null : shown });
}

function sorted(shown) {
  return Object.keys(shown).sort().map((id) => [id, shown[id]]);
}

function toggle(id, on) {
  const shown = Object.assign({}, shownLayers());
  if (on) shown[id] = 100;
  else delete shown[id];
  keep(shown);
}

function fade(id, percent) {
  keep(Object.assign({}, shownLayers(), { [id]: percent }));
}

function upkeepSymbol(id) {
  if (id === "assets") return upkeepMark("asset", "", "none", "in_service", "delay", theme);
  if (id === "defects") return upkeepMark("defect", "moderate", "false", theme);
  if (id === "work_orders") return upkeepMark("order", "normal", "false", theme);
  return id === "closures" ? upkeepMark("closure", "true", theme) : upkeepMark("structure", "bridge", theme);
}

function symbolOf(entry) {
  const colours = ground(theme);
  if (entry.kind === "road") return lineMark({ colour: colours.text, width: 4 });
  if (entry.kind) return mark({ kind: entry.kind, theme, colour: colours.text });
  if (entry.upkeep) return upkeepSymbol(entry.id);
  if (entry.id === "townships") return lineMark({ colour: colours.township, width: 2 });
  if (entry.id === "villages") return lineMark({ colour: colours.quietText, width: 1 });
  return el("span", { class: "mk-mark-space", "aria-hidden": "true" }, entry.id === "names" ? gettext("Aa") : entry.id === "graticule" ? "#" : "▦");
}

function slider(entry, percent) {
  const input = el("input", {
    type: "range", min: 5, max: 100, step: 5, value: percent, id: `opacity-${entry.id}`,
    "aria-label": sentence(gettext("Opacity of %(layer)s"), { layer: entry.name }),
    oninput: (event) => {
      sliding = entry.id;
      output.textContent = `${event.target.value} %`;
      fade(entry.id, Number(event.target.value));
    },
    onchange: () => {
      sliding = "";
      draw();
    },
  });
  const output = el("output", { for: input.id }, `${percent} %`);
  return el("div", { class: "mk-opacity" }, input, output);
}

function row(entry, place) {
  const percent = shownLayers()[entry.id];
  const on = percent !== undefined;
  const held = entry.id === "assets" ? assetTotal : "";
  const count = entry.kind && counts ? number(counts.kind[entry.kind] || 0) : held;
  const box = el("input", {
    type: "checkbox", id: `layer-${entry.id}`, checked: on,
    onchange: (event) => toggle(entry.id, event.target.checked),
  });
  const more = el("button", {
    type: "button", class: "mk-opacity-button", disabled: !on,
    "aria-expanded": String(Boolean(opened[entry.id])),
    "aria-label": sentence(gettext("Set the opacity of %(layer)s"), { layer: entry.name }),
    title: gettext("Opacity"),
    onclick: () => {
      opened[entry.id] = !opened[entry.id];
      draw();
      const next = byId(opened[entry.id] ? `opacity-${entry.id}` : `layer-${entry.id}`);
      if (next) next.focus();
    },
  }, on && percent !== 100 ? `${percent} %` : icon("opacity"));
  const look = [on ? "" : "is-off", count === "0" ? "is-empty" : "", !entry.kind && place === 0 ? "is-first-ground" : "", entry.upkeep && place === 0 ? "is-first-upkeep" : ""];
  return el("li", { class: look.filter(Boolean).join(" ") },
    el("div", { class: "mk-layer-row" },
      el("label", { for: box.id }, box, el("span", { class: "mk-symbol" }, symbolOf(entry)), el("span", { class: "mk-layer-name" }, entry.name)),
      el("span", { class: "mk-count" }, count), more),
    on && opened[entry.id] ? slider(entry, percent) : null);
}

/** One switch for the whole group, and for the sites that it takes the place of. */
function allOfUpkeep() {
  const shown = shownLayers();
  const on = UPKEEP.every((id) => shown[id] !== undefined);
  return [gettext("Assets and upkeep"), el("button", {
    type: "button", class: "mk-group-button", id: "layer-upkeep", "aria-pressed": String(on),
    onclick: () => (on ? setState({ layers: null, about: "sites" }, { push: true }) : showUpkeep()),
  }, on ? gettext("Back to sites") : gettext("Show only these"))];
}

/** Show assets and their upkeep on the plain ground, and list assets. */
export function showUpkeep() {
  const ground_ = ["townships", "villages", "names"].concat(config.basemap ? ["basemap"] : []);
  const shown = Object.fromEntries([...UPKEEP, ...ground_].map((id) => [id, 100]));
  setState({ layers: shown, about: "assets" }, { push: true });
}

/** Whether assets are drawn. */
export function showsAssets() {
  return UPKEEP.includes("assets") && shownLayers().assets !== undefined;
}

/** Tell how many assets there are under the filter. */
export function drawAssetTotal(total) {
  assetTotal = number(total);
  draw();
}

function draw() {
  const active = document.activeElement && document.activeElement.id;
  const { kinds, upkeep, ground: below } = entries();
  fill(byId("map-layer-tree"),
    kinds.map(row),
    upkeep.length ? el("li", { class: "mk-layer-heading" }, allOfUpkeep()) : null,
    upkeep.map(row),
    below.map(row));
  const again = active && byId("map-layer-tree").querySelector(`#${CSS.escape(active)}`);
  if (again) again.focus();
}

/** Show other counts. */
export function drawLayers(newCounts, newTheme) {
  counts = newCounts || counts;
  theme = newTheme || theme;
  draw();
}

onState((state, changed) => {
  if (changed.includes("layers") && !sliding) draw();
});
