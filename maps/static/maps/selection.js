/** The selected site, asset, defect or work order: emphasised on the map, with its popup open. */
import { config } from "./config.js";
import { getJson } from "./api.js";
import { emphasise, leaflet } from "./glmap.js";
import { getState, setState } from "./state.js";
import { closePopup, showPopup } from "./popup.js";
import { ensureListed, markChosen } from "./list.js";
import { roomRound } from "./tools.js";
import { stepDone } from "./hint.js";
import { upkeepContent } from "./upkeep-popup.js";

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

async function readAsset(id) {
  const found = await getJson(`${config.urls.assets}?id=${encodeURIComponent(id)}`);
  if (found.features.length) return found.features[0];
  throw Object.assign(new Error(""), { status: 404 });
}

const READERS = {
  site: readSite,
  asset: readAsset,
  defect: (id) => getJson(`${config.urls.defects}/${encodeURIComponent(id)}`),
  order: (id) => getJson(`${config.urls.orders}/${encodeURIComponent(id)}`),
};

/**
 * Show a thing as selected, or nothing.
 * @param {string} thing `site`, `asset`, `defect` or `order`
 * @param {string} id
 * @param {{at: L.LatLng|null, zoom?: boolean, theme: string, say: function(string, boolean=)}} how
 */
export async function showSelected(thing, id, how) {
  selected = null;
  closePopup();
  emphasise("selection", []);
  if (!id) return;
  try {
    const feature = await READERS[thing](id);
    if (getState()[thing] !== id) return;
    selected = feature;
    ensureListed(thing, feature);
    markChosen(id);
    if (feature.geometry) present(thing, feature, how);
    else how.say(gettext("This site has no geometry yet."));
  } catch (error) {
    how.say([400, 404].includes(error.status) ? missing(thing) : error.message, true);
  }
}

function missing(thing) {
  if (thing === "site") return gettext("This site does not exist, or you may not see it.");
  return gettext("This is not in the register, or you may not see it.");
}

function present(thing, feature, how) {
  emphasise("selection", [feature.geometry]);
  const bounds = boundsOf(feature.geometry);
  if (how.zoom) leaflet.fitBounds(bounds.pad(0.6), { maxZoom: 15, animate: false });
  else if (!leaflet.getBounds().intersects(bounds)) leaflet.fitBounds(bounds.pad(0.6), { maxZoom: 15, animate: false });
  const content = thing === "site" ? null : upkeepContent(thing, feature, how.theme, zoomToSelected);
  showPopup(feature, how.at || anchor(feature.geometry), {
    theme: how.theme, room: roomRound(), zoom: zoomToSelected, content, closed: () => setState({ [thing]: "" }),
  });
  if (feature.properties.kind === "road") stepDone("road");
}
