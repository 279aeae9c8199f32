/**
 * The map where a browser has no WebGL: Leaflet itself draws the district, the names of townships
 * and the sites that the list holds. Fewer sites, but the same colours, and a click selects.
 */
import { config, nameOf } from "./config.js";
import { leaflet } from "./glmap.js";
import { symbolColour } from "./icons.js";
import { ground, phaseOf } from "./palette.js";
import { getState } from "./state.js";

let sites = null;

/** Draw district and names once. @param {string} theme */
export function startPlain(theme) {
  const { L } = window;
  const colours = ground(theme);
  L.geoJSON(config.places.outlines, {
    interactive: false,
    style: { color: colours.district, weight: 2, fillColor: colours.paper, fillOpacity: 1 },
  }).addTo(leaflet);
  config.places.townships.forEach((place) => {
    const label = document.createElement("span");
    label.textContent = nameOf(place);
    const icon = L.divIcon({ className: "mk-plain-name", html: label, iconSize: null });
    L.marker([place.centre[1], place.centre[0]], { icon, interactive: false, keyboard: false }).addTo(leaflet);
  });
}

function look(properties, theme) {
  const colour = symbolColour(properties.delay, phaseOf(properties.state), getState().by, theme);
  return { color: colour, fillColor: colour, fillOpacity: 0.6, weight: properties.kind === "road" ? 3 : 1.5, radius: 6 };
}

/**
 * Draw the sites of the list.
 * @param {Object[]} features
 * @param {string} theme
 * @param {function(string)} select
 */
export function drawPlain(features, theme, select) {
  const { L } = window;
  if (sites) sites.remove();
  sites = L.geoJSON(features.filter((feature) => feature.geometry), {
    style: (feature) => look(feature.properties, theme),
    pointToLayer: (feature, at) => L.circleMarker(at, look(feature.properties, theme)),
    onEachFeature: (feature, layer) => layer.on("click", () => select(feature.id)),
  }).addTo(leaflet);
}
