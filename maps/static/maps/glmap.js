/**
 * The vector map inside folium's Leaflet map: sources that follow the filter, layers that follow
 * the theme and the layer tree, and what lies under the pointer.
 */
import { config, nameOf } from "./config.js";
import { buildStyle, GROUPS, POINT_KINDS, TOUCHABLE } from "./style.js";
import { mapImage } from "./icons.js";
import { UPKEEP, layerQuery } from "./upkeep.js";
import { upkeepImage } from "./upkeep-icons.js";
import { filterQuery } from "./state.js";
import { graticuleFor } from "./graticule.js";

const EMPTY = { type: "FeatureCollection", features: [] };
const BOUNDED = config.places.outlines.length > 0;
const POINT_LAYERS = /^(points|clusters)-?/;

/** The Leaflet map that folium's script made. */
export const leaflet = window.atlas_map;

/** The engine; null where the browser cannot draw with it. */
let gl = null;
let pointKindsShown = [];

function tileAddress(layer, query) {
  return `${window.location.origin}${config.urls.tiles}${layer}/{z}/{x}/{y}.mvt${query ? `?${query}` : ""}`;
}

function tileSource(layer, query, maxzoom) {
  return { type: "vector", tiles: [tileAddress(layer, query)], minzoom: 0, maxzoom };
}

/** Kinds that the point source must hold: asked for by the filter and shown in the layer tree. */
function pointQuery(filter, kinds) {
  const wanted = filter.kind ? kinds.filter((kind) => filter.kind.includes(kind)) : kinds;
  return filterQuery(Object.assign({}, filter, { kind: wanted.length ? wanted : ["facility"] }),
    wanted.length ? {} : { id: "00000000-0000-0000-0000-000000000000" });
}

function placeFeatures() {
  const label = (level) => (place) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: place.centre },
    properties: { level, name: nameOf(place) },
  });
  const { townships, villages } = config.places;
  return { type: "FeatureCollection", features: [...townships.map(label("township")), ...villages.map(label("village"))] };
}

function districtFeatures() {
  const features = config.places.outlines.map((geometry) => ({ type: "Feature", geometry, properties: {} }));
  return { type: "FeatureCollection", features };
}

function geojson(data) {
  return { type: "geojson", data };
}

/** All sources for a filter. */
function sourcesFor(state) {
  const upkeep = UPKEEP.map((layer) => [layer, tileSource(layer, layerQuery(layer, state.filter), 16)]);
  return {
    ...Object.fromEntries(upkeep),
    areas: tileSource("areas", "", 14),
    roads: tileSource("roads", filterQuery(state.filter), 16),
    points: tileSource("sites", pointQuery(state.filter, pointKindsShown), 16),
    places: geojson(placeFeatures()),
    district: geojson(districtFeatures()),
    graticule: geojson(EMPTY),
    selection: geojson(EMPTY),
    hover: geojson(EMPTY),
  };
}

function canDraw() {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2") || canvas.getContext("webgl"));
}

/**
 * Put the vector map into the Leaflet map.
 * @param {Object} state the page's state
 * @param {string} theme
 * @param {string[]} shownKinds kinds of points that are shown
 * @returns {Promise<void>} done when the style is there; fails in a browser without WebGL
 */
export async function startMap(state, theme, shownKinds) {
  pointKindsShown = shownKinds;
  if (!canDraw()) throw new Error("no WebGL");
  // A pane of its own, above the pictures of a base map; pointers go through it to Leaflet.
  leaflet.createPane("atlas-vector").classList.add("mk-vector-pane");
  if (leaflet.attributionControl) leaflet.attributionControl.setPrefix(false);
  const layer = window.L.maplibreGL({
    pane: "atlas-vector",
    style: buildStyle({ sources: sourcesFor(state), theme, by: state.by, bounded: BOUNDED }),
    canvasContextAttributes: { preserveDrawingBuffer: true },
    fadeDuration: 0,
    pixelRatio: Math.min(window.devicePixelRatio || 1, 2),
    localIdeographFontFamily: false,
    attributionControl: false,
    transformRequest: (url) => ({ url, credentials: "same-origin" }),
  });
  layer.addTo(leaflet);
  gl = layer.getMaplibreMap();
  gl.getCanvas().setAttribute("tabindex", "-1");
  gl.getCanvas().setAttribute("aria-hidden", "true");
  gl.on("styleimagemissing", (event) => {
    const image = mapImage(event.id) || upkeepImage(event.id);
    if (image && !gl.hasImage(event.id)) gl.addImage(event.id, image, { pixelRatio: 2 });
  });
  leaflet.on("moveend", drawGraticule);
  await new Promise((resolve) => {
    gl.once("style.load", resolve);
  });
}

/** Hear of the engine's events, such as `error` and `idle`. */
export function onMap(name, listener) {
  gl.on(name, listener);
}

/** Run once everything that is in sight has been drawn. */
export function whenDrawn(run) {
  if (!gl) return;
  gl.once("idle", run);
  gl.triggerRepaint();
}

/** Ask for other rows: the tiles of the filter in force. */
export function showRows(state, shownKinds) {
  if (!gl) return;
  pointKindsShown = shownKinds;
  const roads = [tileAddress("roads", filterQuery(state.filter))];
  const points = [tileAddress("sites", pointQuery(state.filter, pointKindsShown))];
  const upkeep = UPKEEP.map((layer) => [layer, [tileAddress(layer, layerQuery(layer, state.filter))]]);
  [["roads", roads], ["points", points], ...upkeep].forEach(([id, tiles]) => {
    const source = gl.getSource(id);
    if (source && source.tiles[0] !== tiles[0]) source.setTiles(tiles);
  });
}

/** Draw with other colours, keeping sources and what is emphasised. */
export function restyle(state, theme) {
  if (!gl) return;
  const kept = gl.getStyle().sources;
  gl.setStyle(buildStyle({ sources: kept, theme, by: state.by, bounded: BOUNDED }), { diff: true });
}

/** Paint properties that carry a layer's opacity, by type of layer. */
const OPACITY = {
  line: ["line-opacity"],
  fill: ["fill-opacity"],
  symbol: ["icon-opacity", "text-opacity"],
};
const BASE_OPACITY = { "points-fill": 0.2, "assets-fill": 0.2 };

function setLook(layer, visible, opacity) {
  gl.setLayoutProperty(layer.id, "visibility", visible ? "visible" : "none");
  (OPACITY[layer.type] || []).forEach((property) => {
    const factor = BASE_OPACITY[layer.id] || 1;
    gl.setPaintProperty(layer.id, property, typeof opacity === "number" ? opacity * factor : opacity);
  });
}

/** Opacity of the point layers: each kind has its own. */
function kindOpacity(shown) {
  const pairs = Object.keys(POINT_KINDS)
    .filter((id) => shown[id] !== undefined && shown[id] !== 100)
    .reduce((all, id) => all.concat([POINT_KINDS[id], shown[id] / 100]), []);
  return pairs.length ? ["match", ["get", "kind"], ...pairs, 1] : 1;
}

/**
 * Show and hide layers.
 * @param {Object<string, number>} shown opacity in percent of each shown entry of the layer tree
 */
export function showLayers(shown) {
  if (!gl) return;
  const anyPoint = Object.keys(POINT_KINDS).some((id) => shown[id] !== undefined);
  const opacity = kindOpacity(shown);
  gl.getStyle().layers.forEach((layer) => {
    const group = Object.keys(GROUPS).find((id) => GROUPS[id].includes(layer.id));
    if (group) setLook(layer, shown[group] !== undefined, (shown[group] || 0) / 100);
    else if (POINT_LAYERS.test(layer.id)) {
      const fill = layer.id === "points-fill" && opacity !== 1;
      setLook(layer, anyPoint, fill ? ["*", 0.2, opacity] : opacity);
    }
  });
  showBasemap(shown.basemap);
  drawGraticule();
}

function showBasemap(percent) {
  const shown = percent !== undefined;
  leaflet.eachLayer((layer) => {
    if (layer instanceof window.L.TileLayer) layer.setOpacity(shown ? percent / 100 : 0);
  });
  // The paper lets the pictures below through and still sets the district off from its surroundings.
  gl.setPaintProperty("outside", "background-opacity", shown ? 0.35 : 1);
  gl.setPaintProperty("paper", "fill-opacity", shown ? 0 : 1);
}

function drawGraticule() {
  const source = gl.getSource("graticule");
  if (!source || gl.getLayoutProperty("graticule", "visibility") === "none") return;
  source.setData(graticuleFor(leaflet.getBounds()));
}

/** Mark a township as chosen; an empty code marks none. */
export function markTownship(code) {
  if (!gl) return;
  ["township-chosen", "township-chosen-line"].forEach((id) => gl.setFilter(id, ["==", ["get", "code"], code || ""]));
}

/**
 * Emphasise features.
 * @param {"selection"|"hover"} source
 * @param {Object[]} features GeoJSON features or geometries
 */
export function emphasise(source, features) {
  if (!gl) return;
  const found = gl.getSource(source);
  if (found) {
    found.setData({
      type: "FeatureCollection",
      features: features.map((f) => (f.type === "Feature" ? f : { type: "Feature", geometry: f, properties: {} })),
    });
  }
}

/** All pieces of a site that the tiles in memory hold, as geometries. */
export function piecesOf(id) {
  if (!gl) return [];
  const filter = ["==", ["get", "id"], id];
  const parts = [["roads", "roads"], ["points", "sites"], ["points", "sites_clusters"]]
    .concat(UPKEEP.reduce((all, layer) => all.concat([[layer, layer], [layer, `${layer}_clusters`]]), []));
  return parts.reduce((all, [source, sourceLayer]) => (
    all.concat(gl.querySourceFeatures(source, { sourceLayer, filter }).map((feature) => feature.geometry))
  ), []);
}

/**
 * What lies under a place of the screen.
 * @param {L.LatLng} latlng
 * @param {number} reach pixels round the place that count
 * @returns {Object|null} a feature of the tiles
 */
export function featureAt(latlng, reach) {
  if (!gl) return null;
  const at = gl.project([latlng.lng, latlng.lat]);
  const box = [[at.x - reach, at.y - reach], [at.x + reach, at.y + reach]];
  const layers = TOUCHABLE.filter((id) => gl.getLayer(id));
  const exact = gl.queryRenderedFeatures([at.x, at.y], { layers });
  const found = exact.length ? exact : gl.queryRenderedFeatures(box, { layers });
  return found.length ? found[0] : null;
}

/** How many features of our sites are drawn now; the page tells it to those who wait for it. */
export function drawnCount() {
  return gl.queryRenderedFeatures(undefined, { layers: TOUCHABLE.filter((id) => gl.getLayer(id)) }).length;
}
