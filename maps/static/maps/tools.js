/** The buttons on the map: zoom, whole district, townships, full screen, scale, coordinates. */
import { config, nameOf, number, sentence } from "./config.js";
import { byId, el, isNarrow, settled } from "./dom.js";
import { leaflet, markTownship } from "./glmap.js";
import { distance } from "./geodesy.js";
import { getState, onState, setFilter, setState } from "./state.js";

const ROUND = [1, 2, 5];

/** Bounds of a place as Leaflet wants them. */
function boundsOf(box) {
  return [[box[1], box[0]], [box[3], box[2]]];
}

/** Pixels at the bottom of the map that a sheet covers on a phone. */
export function coveredBelow() {
  const stage = byId("map-stage").getBoundingClientRect();
  const sheet = ["map-side", "map-layers"].map((id) => byId(id).getBoundingClientRect()).find((box) => box.height > 0);
  return isNarrow() && sheet ? Math.max(0, stage.bottom - sheet.top) : 0;
}

/** What lies over the map's edges, so that it covers nothing of what is to be seen. */
export function roomRound() {
  const stage = byId("map-stage").getBoundingClientRect();
  if (isNarrow()) return { paddingTopLeft: [14, 62], paddingBottomRight: [14, coveredBelow() || 96] };
  const legend = getState().legend && stage.width > 620 ? byId("map-layers").getBoundingClientRect().width + 24 : 16;
  const board = byId("map-board").getBoundingClientRect().height;
  return { paddingTopLeft: [60, 20 + board], paddingBottomRight: [legend, 36] };
}

/** Show the person's own areas as a whole. */
export function goHome(animate) {
  if (!config.places.home) return;
  const room = roomRound();
  leaflet.fitBounds(boundsOf(config.places.home), Object.assign({ animate: animate !== false }, room));
}

/** Zoom to a township and make it the filter. */
export function goToTownship(code) {
  const place = config.places.townships.find((entry) => entry.code === code);
  if (place) leaflet.fitBounds(boundsOf(place.bounds), roomRound());
}

/** Mark the township that the filter names, on the map and in the choice. */
export function followTownship() {
  const chosen = getState().filter.township || [];
  const code = chosen.length === 1 ? chosen[0] : "";
  byId("map-township").value = code;
  markTownship(code);
}

function startTownships() {
  const select = byId("map-township");
  config.places.townships.forEach((place) => select.appendChild(el("option", { value: place.code }, nameOf(place))));
  select.addEventListener("change", () => {
    setFilter({ township: select.value ? [select.value] : [] });
    if (select.value) goToTownship(select.value);
    else goHome();
  });
  onState((state, changed) => changed.includes("filter") && followTownship());
  followTownship();
}

/** The largest round number of metres that is at most `limit`. */
function roundBelow(limit) {
  const power = 10 ** Math.floor(Math.log10(limit));
  return ROUND.map((digit) => digit * power).filter((metres) => metres <= limit).pop();
}

function drawScale() {
  const size = leaflet.getSize();
  const place = (x) => {
    const at = leaflet.containerPointToLatLng([x, size.y / 2]);
    return [at.lng, at.lat];
  };
  const perPixel = distance(place(size.x / 2 - 50), place(size.x / 2 + 50)) / 100;
  if (!Number.isFinite(perPixel) || perPixel <= 0) return;
  const metres = roundBelow(perPixel * 120);
  const scale = byId("map-scale");
  scale.style.width = `${metres / perPixel}px`;
  scale.textContent = metres < 1000
    ? sentence(gettext("%(length)s m"), { length: number(metres) })
    : sentence(gettext("%(km)s km"), { km: number(metres / 1000) });
}

function startCoordinates() {
  const box = byId("map-coordinates");
  leaflet.on("mousemove", (event) => {
    box.textContent = `${event.latlng.lng.toFixed(5)}°, ${event.latlng.lat.toFixed(5)}°`;
  });
  leaflet.on("mouseout", () => { box.textContent = ""; });
}

function toggleFullscreen() {
  const app = byId("map-app");
  const active = document.fullscreenElement || document.webkitFullscreenElement;
  const leave = document.exitFullscreen || document.webkitExitFullscreen;
  const enter = app.requestFullscreen || app.webkitRequestFullscreen;
  if (active) leave.call(document);
  else if (enter) enter.call(app);
}

function followFullscreen() {
  const active = Boolean(document.fullscreenElement || document.webkitFullscreenElement);
  document.querySelector("[data-tool='fullscreen']").setAttribute("aria-pressed", String(active));
  byId("map-app").classList.toggle("is-fullscreen", active);
  setState({ panel: active ? "none" : "" });
  leaflet.invalidateSize();
}

/** Arrow keys walk through the toolbar, as through one control. */
function walk(event) {
  const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const all = Array.from(event.currentTarget.querySelectorAll("button"));
  const place = all.indexOf(document.activeElement);
  if (!move || place < 0) return;
  event.preventDefault();
  all[(place + move + all.length) % all.length].focus();
}

/**
 * Start the tools.
 * @param {Object<string, function()>} given what the remaining buttons do, by the tool's name
 */
export function startTools(given) {
  const actions = Object.assign({
    "zoom-in": () => leaflet.zoomIn(1),
    "zoom-out": () => leaflet.zoomOut(1),
    home: goHome,
    fullscreen: toggleFullscreen,
  }, given);
  document.querySelectorAll("[data-tool]").forEach((button) => {
    button.addEventListener("click", () => actions[button.getAttribute("data-tool")]());
  });
  document.querySelector(".mk-tools").addEventListener("keydown", walk);
  ["fullscreenchange", "webkitfullscreenchange"].forEach((name) => document.addEventListener(name, followFullscreen));
  startTownships();
  startCoordinates();
  leaflet.on("zoomend moveend resize", settled(drawScale, 30));
  drawScale();
}
