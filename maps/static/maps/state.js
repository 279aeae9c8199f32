/**
 * The page's state, kept in its address: filter, view, layers, selection, panel, theme.
 * Reloading and going back restore it; copying the address shares it.
 */

import { config } from "./config.js";
import { ASSET_ONLY, THINGS, UPKEEP } from "./upkeep.js";

/** Parameters that the whole service understands as the filter of sites. */
export const FILTER_NAMES = [
  "kind", "state", "delay", "year", "programme", "township", "area", "category", "road_class",
  "key_plan", "updated_since", "id", "q", ...config.added.map((entry) => entry.name),
];
/** Parameters that concern assets and their upkeep alone. */
export const UPKEEP_FILTERS = [...Object.keys(ASSET_ONLY), "late"];
const TEXTS = ["q", "updated_since", "key_plan"];
const PANELS = ["list", "filters", "layers", "none"];
const COLOURINGS = ["delay", "state"];
/** What `layers=upkeep` stands for: everything of upkeep on the plain ground. */
const UPKEEP_LAYERS = [...UPKEEP, "townships", "villages", "names"];

const listeners = [];
let current = read();

/** Read the state from the address. */
function read() {
  const query = new URLSearchParams(window.location.search);
  const filter = {};
  [...FILTER_NAMES, ...UPKEEP_FILTERS].forEach((name) => {
    const given = query.getAll(name).join(TEXTS.includes(name) ? " " : ",").trim();
    if (given) filter[name] = TEXTS.includes(name) ? [given] : unique(given.split(","));
  });
  const things = Object.fromEntries(THINGS.map((name) => [name, query.get(name) || ""]));
  const ofUpkeep = query.get("layers") === "upkeep" || THINGS.slice(1).some((name) => things[name]);
  return Object.assign(things, {
    filter,
    view: readView(query),
    about: oneOf(query.get("list"), ["sites", "assets"], ofUpkeep ? "assets" : "sites"),
    panel: oneOf(query.get("panel"), PANELS, ""),
    by: oneOf(query.get("by"), COLOURINGS, "delay"),
    layers: readLayers(query.get("layers") === null && ofUpkeep ? "upkeep" : query.get("layers")),
    everywhere: query.get("everywhere") === "1",
    legend: query.get("legend") !== "0",
    theme: oneOf(query.get("theme"), ["light", "dark"], ""),
  });
}

function oneOf(value, allowed, fallback) {
  return allowed.includes(value) ? value : fallback;
}

function unique(values) {
  return values.map((value) => value.trim()).filter((v, i, all) => v && all.indexOf(v) === i);
}

function readView(query) {
  const [z, lat, lon] = ["z", "lat", "lon"].map((name) => parseFloat(query.get(name)));
  const sound = [z, lat, lon].every(Number.isFinite) && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
  return sound ? { z: Math.min(Math.max(z, 4), 20), lat, lon } : null;
}

/** Layers are written `roads,housing:50`: the shown ones, with their opacity in percent. */
function readLayers(text) {
  if (text === null) return null;
  const layers = {};
  const parts = text.split(",").filter(Boolean).map((part) => (part === "upkeep" ? UPKEEP_LAYERS : [part]));
  parts.flat().forEach((part) => {
    const [id, percent] = part.split(":");
    const opacity = parseInt(percent, 10);
    layers[id] = Number.isFinite(opacity) ? Math.min(Math.max(opacity, 5), 100) : 100;
  });
  return layers;
}

function writeLayers(layers) {
  const whole = Object.keys(layers).length === UPKEEP_LAYERS.length && UPKEEP_LAYERS.every((id) => layers[id] === 100);
  if (whole) return "upkeep";
  return Object.keys(layers)
    .map((id) => (layers[id] === 100 ? id : `${id}:${layers[id]}`))
    .join(",");
}

/** The filter as parameters of an address, the same for every page and interface. */
export function filterQuery(filter, extra) {
  const query = new URLSearchParams();
  FILTER_NAMES.forEach((name) => {
    if (filter[name] && filter[name].length) query.set(name, filter[name].join(","));
  });
  Object.keys(extra || {}).forEach((name) => query.set(name, extra[name]));
  return query.toString().replace(/%2C/g, ",");
}

/** The whole state as the query of the page's address. */
export function pageQuery(state) {
  const extra = {};
  if (state.view) {
    extra.z = String(Math.round(state.view.z * 100) / 100);
    extra.lat = state.view.lat.toFixed(5);
    extra.lon = state.view.lon.toFixed(5);
  }
  THINGS.forEach((name) => {
    if (state[name]) extra[name] = state[name];
  });
  UPKEEP_FILTERS.forEach((name) => {
    if (state.filter[name]) extra[name] = state.filter[name].join(",");
  });
  if (state.about === "assets") extra.list = "assets";
  if (state.panel) extra.panel = state.panel;
  if (state.by !== "delay") extra.by = state.by;
  if (state.layers) extra.layers = writeLayers(state.layers);
  if (state.everywhere) extra.everywhere = "1";
  if (!state.legend) extra.legend = "0";
  if (state.theme) extra.theme = state.theme;
  return filterQuery(state.filter, extra);
}

/** The state now. It is never changed in place. */
export function getState() {
  return current;
}

/** Whether the two states differ in a part. */
function changedParts(before, after) {
  return Object.keys(after).filter(
    (part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]),
  );
}

function adopt(next) {
  const before = current;
  const changed = changedParts(before, next);
  current = next;
  if (changed.length) listeners.forEach((listener) => listener(current, changed));
  return changed;
}

/**
 * Change parts of the state.
 * @param {Object} patch the parts that change
 * @param {{push?: boolean}} [how] `push` makes a step that the Back button undoes
 */
export function setState(patch, how) {
  const changed = adopt(Object.assign({}, current, patch));
  if (!changed.length) return;
  const query = pageQuery(current);
  const address = window.location.pathname + (query ? `?${query}` : "");
  if (how && how.push) window.history.pushState(null, "", address);
  else window.history.replaceState(null, "", address);
}

/** Change the filter: `null` or an empty list removes a name. */
export function setFilter(patch) {
  const filter = Object.assign({}, current.filter);
  Object.keys(patch).forEach((name) => {
    if (patch[name] && patch[name].length) filter[name] = patch[name];
    else delete filter[name];
  });
  setState({ filter }, { push: true });
}

/** Hear of changes: `listener(state, namesOfChangedParts)`. */
export function onState(listener) {
  listeners.push(listener);
}

window.addEventListener("popstate", () => adopt(read()));
