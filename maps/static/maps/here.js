/** A place on the map: the nearest asset within 50 m, and what can be reported or ordered there. */
import { config, nameOf } from "./config.js";
import { byId, el } from "./dom.js";
import { getJson } from "./api.js";
import { leaflet } from "./glmap.js";
import { metresWords } from "./upkeep-popup.js";

/** Metres within which an asset is taken for the one that is meant: our choice. */
const NEAR_M = 50;
const METRES_A_DEGREE = 111320;
let waiting = false;

/** Metres from a place to the nearest point of a geometry, on the plane that touches there. */
function distanceTo(geometry, lon, lat) {
  const narrow = Math.cos((lat * Math.PI) / 180);
  const flat = ([x, y]) => [(x - lon) * METRES_A_DEGREE * narrow, (y - lat) * METRES_A_DEGREE];
  let least = Infinity;
  const segment = ([ax, ay], [bx, by]) => {
    const [dx, dy] = [bx - ax, by - ay];
    const long = dx * dx + dy * dy;
    const along = long ? Math.min(Math.max(-(ax * dx + ay * dy) / long, 0), 1) : 0;
    return Math.hypot(ax + along * dx, ay + along * dy);
  };
  const walk = (part) => {
    if (typeof part[0] === "number") least = Math.min(least, Math.hypot(...flat(part)));
    else if (typeof part[0][0] === "number") {
      part.forEach((place, at) => { least = Math.min(least, segment(flat(part[Math.max(at - 1, 0)]), flat(place))); });
    } else part.forEach(walk);
  };
  walk(geometry.coordinates);
  return least;
}

async function nearest(latlng) {
  const tall = NEAR_M / METRES_A_DEGREE;
  const wide = tall / Math.cos((latlng.lat * Math.PI) / 180);
  const box = [latlng.lng - wide, latlng.lat - tall, latlng.lng + wide, latlng.lat + tall].map((value) => value.toFixed(6)).join(",");
  const found = await getJson(`${config.urls.assets}?bbox=${box}&limit=50`);
  return found.features
    .map((feature) => ({ feature, metres: distanceTo(feature.geometry, latlng.lng, latlng.lat) }))
    .filter((entry) => entry.metres <= NEAR_M)
    .sort((a, b) => a.metres - b.metres)
    .slice(0, 3);
}

function links(entry, latlng) {
  const query = `asset=${entry.feature.id}&lon=${latlng.lng.toFixed(6)}&lat=${latlng.lat.toFixed(6)}`;
  return el("section", { class: "mk-here" },
    el("h2", { class: "mk-popup-name" }, nameOf(entry.feature.properties), el("span", { class: "mk-item-place" }, ` ${metresWords(entry.metres)}`)),
    el("div", { class: "mk-popup-actions" },
      el("a", { class: "button primary", "data-here": "defect", href: `${config.urls.defectNew}?${query}` }, gettext("Report a defect here")),
      el("a", { class: "button", "data-here": "order", href: `${config.urls.orderNew}?${query}` }, gettext("Issue a work order here"))));
}

async function ask(latlng, say) {
  try {
    const found = await nearest(latlng);
    const content = found.length
      ? el("article", { class: "mk-popup" }, found.map((entry) => links(entry, latlng)))
      : el("article", { class: "mk-popup" }, el("p", {}, gettext("No asset of yours lies within 50 m of this place. Click nearer to a road or a building.")));
    window.L.popup({ maxWidth: 320, minWidth: 240, className: "mk-leaflet-popup" }).setLatLng(latlng).setContent(content).openOn(leaflet);
  } catch (error) {
    say(error.message, true);
  }
}

function wait(on, say) {
  waiting = on;
  const button = document.querySelector("[data-tool='here']");
  if (button) button.setAttribute("aria-pressed", String(on));
  byId("map-app").classList.toggle("is-asking", on);
  say(on ? gettext("Click the place on the map where something is wrong or to be done.") : "");
}

/** Whether the next click names a place; that click is then taken. */
export function takesClick(event, say) {
  if (!waiting) return false;
  wait(false, say);
  ask(event.latlng, say);
  return true;
}

/** Begin to ask for a place, or stop. */
export function askForPlace(say) {
  wait(!waiting, say);
}

/** Stop asking for a place; whether it was asked for. */
export function stopAsking(say) {
  if (!waiting) return false;
  wait(false, say);
  return true;
}

/** A long press or the other button of the mouse asks for the place under it. */
export function startHere(say) {
  if (config.urls.defectNew) leaflet.on("contextmenu", (event) => ask(event.latlng, say));
}
