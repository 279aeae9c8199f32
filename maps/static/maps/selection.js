/** The selected site: emphasised on the map, with its popup open. */
import { config } from "./config.js";
import { getJson } from "./api.js";
import { emphasise, leaflet } from "./glmap.js";
import { getState, setState } from "./state.js";
import { closePopup, showPopup } from "./popup.js";
import { ensureListed, markChosen } from "./list.js";
import { roomRound } from "./tools.js";
import { stepDone } from "./hint.js";

let selected = null;

/** A place inside a geometry to hang the popup on: the middle vertex of a line, the centre else. */
function anchor(geometry) {
  const flat = [];
  const walk = (part) => (typeof part[0] === "number" ? flat.push(part) : part.forEach(walk));
  walk(geometry.coordinates);
  if (geometry.type.includes("Line")) return window.L.latLng(flat[Math.floor(flat.length / 2)].slice().reverse());
  return window.L.latLngBounds(flat.map(([lon, lat]) => [lat, lon])).getCenter();
}

function boundsOf(geometry) {
  return window.L.geoJSON(geometry).getBounds();
}

function zoomToSelected() {
  if (!selected || !selected.geometry) return;
  leaflet.fitBounds(boundsOf(selected.geometry).pad(0.1), Object.assign({ maxZoom: 17 }, roomRound()));
}

/** The site in the interface's form; the public's interface has no address for one site. */
async function publicSite(id) {
  const found = await getJson(`${config.urls.sites}?id=${encodeURIComponent(id)}`);
  if (found.features.length) return found.features[0];
  throw Object.assign(new Error(""), { status: 404 });
}

function readSite(id) {
  return config.public ? publicSite(id) : getJson(`${config.urls.sites}/${encodeURIComponent(id)}`);
}

/**
 * Show a site as selected, or nothing.
 * @param {string} id
 * @param {{at: L.LatLng|null, theme: string, say: function(string, boolean=)}} how
 */
export async function showSelected(id, how) {
  selected = null;
  closePopup();
  emphasise("selection", []);
  if (!id) return;
  try {
    const feature = await readSite(id);
    if (getState().site !== id) return;
    selected = feature;
    ensureListed(feature);
    markChosen(id);
    if (feature.geometry) present(feature, how);
    else how.say(gettext("This site has no geometry yet."));
  } catch (error) {
    how.say(error.status === 404 ? gettext("This site does not exist, or you may not see it.") : error.message, true);
  }
}

function present(feature, how) {
  emphasise("selection", [feature.geometry]);
  const bounds = boundsOf(feature.geometry);
  if (!leaflet.getBounds().intersects(bounds)) leaflet.fitBounds(bounds.pad(0.6), { maxZoom: 15, animate: false });
  showPopup(feature, how.at || anchor(feature.geometry), {
    theme: how.theme, room: roomRound(), zoom: zoomToSelected, closed: () => setState({ site: "" }),
  });
  if (feature.properties.kind === "road") stepDone("road");
}
