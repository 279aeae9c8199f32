/** Measuring distances and areas on the map, by pointer or by keyboard. */
import { kilometres, number, sentence } from "./config.js";
import { byId, el, fill } from "./dom.js";
import { leaflet } from "./glmap.js";
import { area, length } from "./geodesy.js";

const DISPLAY = { color: "#b3005e", weight: 3, opacity: 0.95, className: "mk-measure-line" };
let tool = null;

function positions(points) {
  return points.map((point) => [point.lng, point.lat]);
}

function areaWords(squareMetres) {
  return squareMetres < 1e5
    ? sentence(gettext("%(area)s m²"), { area: number(squareMetres) })
    : sentence(gettext("%(area)s km² (%(mu)s mu)"), { area: number(squareMetres / 1e6, 3), mu: number((squareMetres * 3) / 2000, 0) });
}

function lengthWords(metres) {
  return metres < 1000 ? sentence(gettext("%(length)s m"), { length: number(metres, 1) }) : kilometres(metres);
}

/** The result in words for the points set so far. */
function result() {
  const places = positions(tool.points);
  if (tool.kind === "area") return places.length > 2 ? areaWords(area(places)) : gettext("Click at least three corners.");
  return places.length > 1 ? lengthWords(length(places)) : gettext("Click the points of the line.");
}

function draw(cursor) {
  const shown = cursor && !tool.done ? tool.points.concat([cursor]) : tool.points;
  tool.line.setLatLngs(shown);
  fill(tool.box,
    el("strong", { "data-measure": "" }, result()),
    el("span", {}, tool.done ? gettext("Finished.") : gettext("Double-click or Enter ends, Backspace takes a point back, Esc leaves.")),
    el("button", { type: "button", class: "button", onclick: stopMeasuring }, gettext("Close")));
}

function add(latlng) {
  if (tool.done) return;
  const last = tool.points[tool.points.length - 1];
  // A double click arrives as two clicks at one place: the second adds nothing.
  if (last && leaflet.latLngToContainerPoint(last).distanceTo(leaflet.latLngToContainerPoint(latlng)) < 4) return;
  tool.points.push(latlng);
  tool.dots.addLayer(window.L.circleMarker(latlng, { radius: 4, color: "#b3005e", weight: 2, fillColor: "#ffffff", fillOpacity: 1 }));
  draw();
}

function finish() {
  if (!tool || tool.done) return;
  tool.done = true;
  draw();
}

function takeBack() {
  if (!tool || tool.done || !tool.points.length) return;
  tool.points.pop();
  tool.dots.removeLayer(tool.dots.getLayers().pop());
  draw();
}

const onClick = (event) => add(event.latlng);
const onMove = (event) => draw(event.latlng);

function pressed(kind) {
  ["length", "area"].forEach((name) => {
    document.querySelector(`[data-tool="measure-${name}"]`).setAttribute("aria-pressed", String(name === kind));
  });
}

/** Whether the map is being measured, so that clicks are not meant for sites. */
export function isMeasuring() {
  return Boolean(tool);
}

/** Start measuring; the same kind again stops. @param {"length"|"area"} kind */
export function measure(kind) {
  const again = tool && tool.kind === kind;
  stopMeasuring();
  if (again) return;
  const L = window.L;
  tool = {
    kind, points: [], done: false,
    line: kind === "area" ? L.polygon([], Object.assign({ fillOpacity: 0.12 }, DISPLAY)) : L.polyline([], DISPLAY),
    dots: L.layerGroup(),
    box: el("div", { class: "mk-measure", role: "status", "aria-live": "polite" }),
  };
  tool.line.addTo(leaflet);
  tool.dots.addTo(leaflet);
  byId("map-stage").appendChild(tool.box);
  leaflet.getContainer().classList.add("is-measuring");
  leaflet.doubleClickZoom.disable();
  leaflet.on({ click: onClick, mousemove: onMove, dblclick: finish });
  leaflet.getContainer().focus({ preventScroll: true });
  pressed(kind);
  draw();
}

/** Stop measuring and take the drawing away; whether anything was to be stopped. */
export function stopMeasuring() {
  if (!tool) return false;
  leaflet.off({ click: onClick, mousemove: onMove, dblclick: finish });
  [tool.line, tool.dots].forEach((layer) => layer.remove());
  tool.box.remove();
  leaflet.getContainer().classList.remove("is-measuring");
  leaflet.doubleClickZoom.enable();
  tool = null;
  pressed("");
  return true;
}

/** Keys while measuring; whether the key was used. Space sets a point in the middle of the map. */
export function measureKey(event) {
  if (!tool) return false;
  if (event.key === "Enter") finish();
  else if (event.key === "Backspace") takeBack();
  else if (event.key === " ") add(leaflet.getCenter());
  else return false;
  event.preventDefault();
  return true;
}
