/** The map page: starts its parts and lets them know of one another. */
import { currentTheme } from "../js/frame.js";
import { config, number, sentence } from "./config.js";
import { byId, isNarrow, settled } from "./dom.js";
import { latestOnly } from "./api.js";
import { filterQuery, getState, onState, setState } from "./state.js";
import {
  drawnCount, emphasise, featureAt, leaflet, onMap, piecesOf, restyle, showLayers, showRows, startMap, whenDrawn,
} from "./glmap.js";
import { drawAssetTotal, drawLayers, shownLayers, shownPointKinds, showsAssets } from "./layers.js";
import { drawBoard } from "./board.js";
import { drawLegend } from "./legend.js";
import { listed, loadList, pointAt, redraw, startList } from "./list.js";
import { startFilters } from "./filters.js";
import { showSelected } from "./selection.js";
import { drawPlain, startPlain } from "./plain.js";
import { showPanels, startPanels } from "./panels.js";
import { isMeasuring, measure, measureKey, stopMeasuring } from "./measure.js";
import { askForSheet, isSheet, leaveSheet } from "./print.js";
import { closeDialog, openDialog } from "./dialogs.js";
import { openHelp, startKeyboard } from "./keyboard.js";
import { coveredBelow, followTownship, goHome, goToTownship, startTools } from "./tools.js";
import { showHint, startHint } from "./hint.js";
import { startOut } from "./out.js";
import { startHousing } from "./housing.js";
import { askForPlace, startHere, stopAsking, takesClick } from "./here.js";
import { drawSwitch, startSwitch } from "./switch.js";
import { assetQuery, selectedIn, selecting, thingOf } from "./upkeep.js";

const status = byId("map-status");
const readCounts = latestOnly();
const readAssetCounts = latestOnly();
let counts = null;
let assetCounts = null;

const theme = () => getState().theme || currentTheme();

/** Whether the browser cannot draw; that sentence then stays. */
let cannotDraw = false;

/** Say something about the map to everybody; an empty text says that all is well. */
function say(text, bad) {
  if (cannotDraw) return;
  status.textContent = text;
  status.classList.toggle("is-bad", Boolean(bad));
}

async function loadCounts() {
  try {
    const found = await readCounts(`${config.urls.counts}?${filterQuery(getState().filter)}`);
    if (!found) return;
    counts = found;
    drawLayers(counts, theme());
    drawLegend(counts, theme(), assetCounts);
    drawBoard(counts, theme());
    say(counts.total || showsAssets() ? "" : gettext("No site matches the filter."));
  } catch (error) {
    say(error.message, true);
  }
}

/** Count assets only while they are shown. */
async function loadAssetCounts() {
  if (!showsAssets()) return;
  try {
    const found = await readAssetCounts(`${config.urls.assetCounts}?${assetQuery(getState().filter)}`);
    if (!found) return;
    assetCounts = found;
    drawAssetTotal(found.total);
    drawLegend(counts, theme(), assetCounts);
  } catch (error) {
    say(error.message, true);
  }
}

/** The list's box: what the map shows, as `west,south,east,north`. */
function visibleBox() {
  const size = leaflet.getSize();
  const bounds = window.L.latLngBounds(
    leaflet.containerPointToLatLng([0, size.y - coveredBelow()]), leaflet.containerPointToLatLng([size.x, 0]));
  const keep = (value, limit) => Math.min(Math.max(value, -limit), limit).toFixed(5);
  return [keep(bounds.getWest(), 180), keep(bounds.getSouth(), 85), keep(bounds.getEast(), 180), keep(bounds.getNorth(), 85)].join(",");
}

function hover(id) {
  const feature = id && listed(id);
  const pieces = id ? (feature && feature.geometry ? [feature.geometry] : piecesOf(id)) : [];
  emphasise("hover", pieces);
}

/** Select a thing; on a phone the sheet makes room for its popup. */
function select(thing, id) {
  setState(Object.assign(selecting(thing, id), isNarrow() ? { panel: "" } : {}), { push: true });
}

/** Select what the list holds. */
function selectListed(id) {
  select(getState().about === "assets" ? "asset" : "site", id);
}

let clickedAt = null;

function show(chosen, at, zoom) {
  showSelected(chosen.thing, chosen.id, { at, zoom, theme: theme(), say });
}

function onClick(event) {
  if (isMeasuring() || isSheet() || takesClick(event, say)) return;
  const feature = featureAt(event.latlng, window.matchMedia("(pointer: coarse)").matches ? 14 : 6);
  const now = selectedIn(getState());
  if (!feature) {
    if (now.id) setState(selecting("", ""), { push: true });
    return;
  }
  if (feature.properties.id) {
    const { thing, id } = thingOf(feature);
    clickedAt = feature.layer.type === "line" ? event.latlng : null;
    if (now.thing === thing && now.id === id) show(now, clickedAt);
    else select(thing, id);
  } else if (feature.properties.count) {
    const [lon, lat] = feature.geometry.coordinates;
    leaflet.setView([lat, lon], Math.min(leaflet.getZoom() + 2, 18));
  }
}

function followPointer() {
  let waiting = false;
  let shown = "";
  leaflet.on("mousemove", (event) => {
    if (waiting || isMeasuring()) return;
    waiting = true;
    window.requestAnimationFrame(() => {
      waiting = false;
      const feature = featureAt(event.latlng, 4);
      const id = (feature && feature.properties.id) || "";
      leaflet.getContainer().classList.toggle("is-over-site", Boolean(feature));
      if (id === shown) return;
      shown = id;
      hover(id);
      pointAt(id);
    });
  });
  leaflet.on("click", onClick);
}

function escape() {
  if (closeDialog() || leaveSheet() || stopMeasuring() || stopAsking(say)) return;
  if (selectedIn(getState()).id) setState(selecting("", ""), { push: true });
  else if (getState().panel) setState({ panel: "" });
}

function focusPanel(panel, id) {
  setState({ panel });
  const target = byId(id);
  const inside = target.matches("input, select, ul") ? target : target.querySelector("input, button");
  if (inside) inside.focus();
}

const help = () => openHelp(config.public ? null : showHint);

function startKeys(print) {
  startKeyboard({
    "/": () => focusPanel("list", "map-search"),
    f: () => focusPanel("filters", "map-filters"),
    l: () => focusPanel("list", "map-list"),
    g: () => {
      setState({ legend: true, panel: isNarrow() ? "layers" : getState().panel });
      byId("map-layer-tree").querySelector("input").focus();
    },
    t: () => byId("map-township").focus(),
    h: goHome,
    m: () => measure("length"),
    a: () => measure("area"),
    p: print,
    "?": help,
  }, measureKey, escape);
}

/** The address changes with the state; the language switch must come back to the same state. */
function followAddress() {
  document.querySelectorAll("form[action*='setlang'] input[name='next']").forEach((input) => {
    input.value = window.location.pathname + window.location.search;
  });
}

function applyTheme() {
  const wanted = getState().theme;
  if (wanted && document.documentElement.dataset.theme !== wanted) document.documentElement.dataset.theme = wanted;
  restyle(getState(), theme());
  showLayers(shownLayers());
  followTownship();
  drawLayers(null, theme());
  drawLegend(counts, theme(), assetCounts);
  showPanels(getState(), theme());
  redraw();
}

function onChange(state, changed) {
  if (changed.some((part) => ["filter", "layers", "by", "theme"].includes(part))) drawnIsTold = false;
  if (changed.includes("filter")) {
    loadCounts();
    drawLegend(counts, theme(), assetCounts);
  }
  if (changed.includes("filter") || changed.includes("layers")) loadAssetCounts();
  if (changed.includes("about")) drawSwitch();
  if (changed.includes("filter") || changed.includes("layers")) showRows(state, shownPointKinds());
  if (changed.includes("layers")) {
    showLayers(shownLayers());
    drawLegend(counts, theme(), assetCounts);
  }
  if (changed.some((part) => ["site", "asset", "defect", "order"].includes(part))) {
    show(selectedIn(state), clickedAt);
    clickedAt = null;
  }
  if (changed.includes("panel") || changed.includes("legend")) {
    showPanels(state, theme());
    leaflet.invalidateSize({ animate: false });
  }
  if (changed.includes("by") || changed.includes("theme")) applyTheme();
  if (changed.includes("view") && state.view && !sameView(state.view)) {
    leaflet.setView([state.view.lat, state.view.lon], state.view.z, { animate: false });
  }
  window.setTimeout(followAddress, 0);
}

function viewNow() {
  const centre = leaflet.getCenter();
  return { z: leaflet.getZoom(), lat: Number(centre.lat.toFixed(5)), lon: Number(centre.lng.toFixed(5)) };
}

function sameView(view) {
  const now = viewNow();
  return Math.abs(now.z - view.z) < 0.01 && Math.abs(now.lat - view.lat) < 2e-5 && Math.abs(now.lon - view.lon) < 2e-5;
}

function firstView() {
  const { view, filter, about } = getState();
  const [township] = filter.township || [];
  if (view) leaflet.setView([view.lat, view.lon], view.z, { animate: false });
  else goHome(false);
  if (!view && about === "assets" && township) goToTownship(township);
}

/** How many features are drawn, told once after each change of what is to be drawn. */
let drawnIsTold = false;

function tellDrawn() {
  if (drawnIsTold) return;
  drawnIsTold = true;
  document.documentElement.dataset.mapReady = String(drawnCount());
}

/** Start the vector map; without it the list still works. */
async function startDrawing() {
  try {
    await startMap(getState(), theme(), shownPointKinds());
  } catch (error) {
    say(gettext("This browser draws the map in a plain form: only the sites of the list."));
    cannotDraw = true;
    startPlain(theme());
    document.documentElement.dataset.mapReady = "0";
    return;
  }
  onMap("error", (event) => {
    const failed = event.error && event.error.status;
    // A filter that cannot be used is explained beside the list, in words.
    if (failed && failed !== 404 && failed !== 400) say(sentence(gettext("Part of the map could not be loaded (code %(code)s)."), { code: number(failed) }), true);
  });
  onMap("idle", tellDrawn);
  showLayers(shownLayers());
}

async function start() {
  const { theme: wanted } = getState();
  if (wanted) document.documentElement.dataset.theme = wanted;
  // A link to one thing shows it near by; a link to a view keeps the view.
  const nearBy = !getState().view && !getState().site;
  startPanels(theme());
  leaflet.invalidateSize({ animate: false });
  firstView();
  startFilters(theme());
  drawLayers(null, theme());
  drawLegend(null, theme());
  say(gettext("Loading the map…"));
  leaflet.getContainer().setAttribute("role", "application");
  leaflet.getContainer().setAttribute("aria-label", gettext("Map: arrow keys move it, plus and minus zoom. The list holds the same sites."));
  await startDrawing();
  const print = () => askForSheet({ open: openDialog, close: closeDialog });
  startTools({
    "measure-length": () => measure("length"),
    "measure-area": () => measure("area"),
    print,
    help,
    here: () => askForPlace(say),
  });
  startHere(say);
  startSwitch();
  startKeys(print);
  followPointer();
  startList({
    hover, select: selectListed, bounds: visibleBox, theme,
    shown: (features) => cannotDraw && drawPlain(features, theme(), selectListed),
    page: cannotDraw ? 300 : 30,
  });
  startOut();
  onState(onChange);
  leaflet.on("moveend", settled(() => !isSheet() && setState({ view: viewNow() }), 150));
  document.addEventListener("atlas:theme", (event) => setState({ theme: event.detail }));
  startHousing();
  loadCounts();
  loadAssetCounts();
  loadList();
  show(selectedIn(getState()), null, nearBy);
  if (!config.public) startHint();
  whenDrawn(tellDrawn);
}

start().catch((error) => say(sentence(gettext("The map could not be started: %(reason)s"), { reason: error.message }), true));
