/** The map's style: which layers are drawn, from which source, in which colours. */
import { PHASES, PHASE_COLOURS, DELAY_COLOURS, ground, onGround } from "./palette.js";
import { DASHES, RING_PARTS } from "./icons.js";
import { UPKEEP_GROUPS, UPKEEP_TOUCHABLE, upkeepLayers } from "./upkeep-style.js";

/** Fonts of the person's own machine; no font file is ever loaded. */
const FONT = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", "sans-serif"];

/** Which style layers belong to which entry of the layer tree. */
export const GROUPS = {
  roads: ["roads-casing", "roads-before", "roads-work", "roads-done", "roads-halted", "roads-late", "roads-name"],
  villages: ["village-line"],
  townships: ["township-line"],
  names: ["village-name", "township-name", "township-name-near"],
  graticule: ["graticule", "graticule-name"],
  ...UPKEEP_GROUPS,
};
/** Kinds that the point source holds, by entry of the layer tree. */
export const POINT_KINDS = {
  village_centres: "village_centre",
  water_works: "water_works",
  housing: "housing",
  facilities: "facility",
};
/** Style layers in which people point at sites, topmost first. */
export const TOUCHABLE = [
  ...UPKEEP_TOUCHABLE,
  "points-symbol", "points-line-symbol", "clusters", "clusters-single", "roads-late",
  "points-line", "points-fill", "roads-done", "roads-work", "roads-before", "roads-halted",
];

const get = (name) => ["get", name];
const ofLevel = (level) => ["==", get("level"), level];
const ofPhase = (phase) => ["in", get("state"), ["literal", PHASES[phase]]];
const geometryIs = (...types) => ["in", ["geometry-type"], ["literal", types]];
const byZoom = (...stops) => ["interpolate", ["linear"], ["zoom"], ...stops];

/** The phase of a feature's state. */
const PHASE = ["match", get("state"), PHASES.work, "work", PHASES.done, "done", PHASES.halted, "halted", "before"];

function colourOf(by, theme) {
  const lift = (colour) => onGround(colour, theme);
  const halted = [PHASES.halted, lift(PHASE_COLOURS.halted)];
  if (by === "state") {
    return [
      "match", get("state"), ...halted,
      PHASES.work, lift(PHASE_COLOURS.work), PHASES.done, lift(PHASE_COLOURS.done),
      lift(PHASE_COLOURS.before),
    ];
  }
  const delay = [
    "match", get("delay"), "red", lift(DELAY_COLOURS.red), "yellow", lift(DELAY_COLOURS.yellow),
    lift(DELAY_COLOURS.green),
  ];
  return ["match", get("state"), ...halted, delay];
}

/** Road widths: county roads widest, village roads finest; late ones stand out from afar. */
function roadWidth(extra) {
  const late = ["match", get("delay"), "red", 1.2, "yellow", 0.9, 0];
  const wide = (county, township, village) => ["+", late, [
    "match", get("road_class"), "county", county + extra, "special", township + extra,
    "township", township + extra, village + extra,
  ]];
  return byZoom(8, wide(1.4, 0.8, 0.35), 10.5, wide(2.3, 1.4, 0.7), 12, wide(3.2, 2.2, 1.4), 14, wide(5, 3.8, 2.6), 18, wide(13, 10, 7));
}

const ROUND = { "line-join": "round", "line-cap": "round" };

function roads(by, theme) {
  const colours = ground(theme);
  const common = { source: "roads", "source-layer": "roads", type: "line" };
  const rank = ["match", get("road_class"), "county", 3, "township", 2, 1];
  const phases = ["halted", "before", "work", "done"].map((phase) => Object.assign({}, common, {
    id: `roads-${phase}`,
    filter: ["all", geometryIs("LineString", "MultiLineString"), ofPhase(phase)],
    layout: { "line-join": "round", "line-cap": DASHES[phase] ? "butt" : "round", "line-sort-key": rank },
    paint: Object.assign(
      { "line-color": colourOf(by, theme), "line-width": roadWidth(0) },
      DASHES[phase] ? { "line-dasharray": DASHES[phase] } : {},
    ),
  }));
  return [
    Object.assign({}, common, {
      id: "roads-casing",
      layout: ROUND,
      paint: { "line-color": colours.casing, "line-width": roadWidth(1.8) },
    }),
    ...phases,
    {
      id: "roads-late",
      type: "symbol",
      source: "roads",
      "source-layer": "roads",
      minzoom: 8,
      filter: ["in", get("delay"), ["literal", ["yellow", "red"]]],
      layout: {
        "symbol-placement": "line-center",
        "icon-image": ["concat", "site||", get("delay"), "|", PHASE, "|", by, "|", theme],
        "icon-rotation-alignment": "viewport",
        "icon-size": byZoom(8, 0.75, 12, 1),
        "icon-allow-overlap": ["step", ["zoom"], false, 10.5, true],
      },
    },
    {
      id: "roads-name",
      type: "symbol",
      source: "roads",
      "source-layer": "roads",
      minzoom: 14,
      layout: {
        "symbol-placement": "line",
        "text-field": get("name"),
        "text-font": FONT,
        "text-size": 12,
        "text-offset": [0, -1],
      },
      paint: { "text-color": colours.text, "text-halo-color": colours.halo, "text-halo-width": 1.6 },
    },
  ];
}

function symbolLayout(by, theme, placement) {
  return {
    "symbol-placement": placement,
    "icon-image": ["concat", "site|", get("kind"), "|", get("delay"), "|", PHASE, "|", by, "|", theme],
    "icon-size": byZoom(10, 0.72, 13, 0.9, 16, 1.1),
    "icon-allow-overlap": true,
    "icon-padding": 0,
    "icon-rotation-alignment": "viewport",
    "symbol-sort-key": ["match", get("delay"), "red", 3, "yellow", 2, 1],
    "text-field": byZoomText(),
    "text-font": FONT,
    "text-size": 12,
    "text-offset": [0, 1.3],
    "text-anchor": "top",
    "text-optional": true,
  };
}

/** Names come with the tiles from zoom 14 on; before that there is nothing to write. */
function byZoomText() {
  return ["step", ["zoom"], "", 14, ["coalesce", get("name"), ""]];
}

/** Twelfths of a group that are late; what is there at all shows at least one. */
const twelfths = (name) => ["to-string", ["ceil", ["*", RING_PARTS, ["/", get(name), get("count")]]]];
const RING_SIZE = ["step", get("count"), "s", 15, "m", 60, "l", 500, "x"];

function clusters(theme) {
  return {
    id: "clusters",
    type: "symbol",
    source: "points",
    "source-layer": "sites_clusters",
    maxzoom: 12,
    filter: [">", get("count"), 1],
    layout: {
      "icon-image": ["concat", "ring|", RING_SIZE, "|", twelfths("red"), "|", twelfths("yellow"), "|", theme],
      "icon-allow-overlap": true,
      "text-field": ["to-string", get("count")],
      "text-font": FONT,
      "text-size": ["step", get("count"), 11.5, 60, 13],
      "text-allow-overlap": true,
      "symbol-sort-key": get("count"),
    },
    paint: { "text-color": ground(theme).text },
  };
}

function points(by, theme) {
  const colours = ground(theme);
  const common = { source: "points", "source-layer": "sites" };
  const paint = { "text-color": colours.text, "text-halo-color": colours.halo, "text-halo-width": 1.6 };
  const colour = colourOf(by, theme);
  const polygons = geometryIs("Polygon", "MultiPolygon");
  const lines = geometryIs("LineString", "MultiLineString");
  return [
    Object.assign({ id: "points-fill", type: "fill", filter: polygons, paint: { "fill-color": colour, "fill-opacity": 0.2 } }, common),
    Object.assign({ id: "points-outline", type: "line", filter: polygons, paint: { "line-color": colour, "line-width": 1.6 } }, common),
    Object.assign({ id: "points-line", type: "line", filter: lines, layout: ROUND, paint: { "line-color": colour, "line-width": 2.4 } }, common),
    clusters(theme),
    Object.assign({
      id: "clusters-single",
      type: "symbol",
      source: "points",
      "source-layer": "sites_clusters",
      maxzoom: 12,
      filter: ["==", get("count"), 1],
      layout: symbolLayout(by, theme, "point"),
    }),
    Object.assign({ id: "points-line-symbol", type: "symbol", filter: lines, layout: symbolLayout(by, theme, "line-center"), paint }, common),
    Object.assign({ id: "points-symbol", type: "symbol", filter: ["!", lines], layout: symbolLayout(by, theme, "point"), paint }, common),
  ];
}

function boundaries(theme) {
  const colours = ground(theme);
  const line = (id, level, colour, width, more) => Object.assign({
    id,
    type: "line",
    source: "areas",
    "source-layer": "areas",
    filter: ofLevel(level),
    layout: { "line-join": "round" },
    paint: { "line-color": colour, "line-width": width },
  }, more || {});
  return [
    line("village-line", "village", colours.village, byZoom(11, 0.5, 15, 1.2), { minzoom: 11 }),
    line("township-line", "township", colours.township, byZoom(8, 0.6, 12, 1.4, 16, 2.4)),
    line("district-line", "district", colours.district, byZoom(6, 1, 10, 2, 14, 3.4)),
  ];
}

function emphasis(theme) {
  const colours = ground(theme);
  const shapes = (source, colour, width) => [
    { id: `${source}-fill`, type: "fill", source, filter: geometryIs("Polygon", "MultiPolygon"), paint: { "fill-color": colour, "fill-opacity": 0.22 } },
    { id: `${source}-line`, type: "line", source, filter: ["!", geometryIs("Point", "MultiPoint")], layout: ROUND, paint: { "line-color": colour, "line-width": width, "line-opacity": 0.85 } },
    { id: `${source}-point`, type: "circle", source, filter: geometryIs("Point", "MultiPoint"), paint: { "circle-radius": 15, "circle-color": colour, "circle-opacity": 0.28, "circle-stroke-color": colour, "circle-stroke-width": 2.4 } },
  ];
  const width = byZoom(9, 6, 14, 12, 18, 22);
  return [...shapes("selection", colours.accent, width), ...shapes("hover", colours.hover, width)];
}

function label(id, level, size, colour, halo, more) {
  return Object.assign({
    id,
    type: "symbol",
    source: "places",
    filter: ofLevel(level),
    layout: {
      "text-field": get("name"),
      "text-font": FONT,
      "text-size": size,
      "text-letter-spacing": level === "township" ? 0.12 : 0.04,
      "text-max-width": 8,
      "text-padding": 4,
      "text-variable-anchor": ["center", "bottom", "top", "left", "right"],
      "text-radial-offset": 1.3,
      "text-justify": "auto",
    },
    paint: { "text-color": colour, "text-halo-color": halo, "text-halo-width": 1.8 },
  }, more);
}

function labels(theme) {
  const colours = ground(theme);
  return [
    label("village-name", "village", 11.5, colours.quietText, colours.halo, { minzoom: 11.6 }),
    label("township-name", "township", byZoom(8, 11, 11, 14), colours.text, colours.halo, { minzoom: 7.5, maxzoom: 12 }),
  ];
}

/** Near by, symbols leave no room for the name of a township: it goes above them. */
function nearLabels(theme) {
  const colours = ground(theme);
  return [label("township-name-near", "township", byZoom(12, 15, 14, 17), colours.text, colours.halo, { minzoom: 12, maxzoom: 15.5 })];
}

function graticule(theme) {
  const colours = ground(theme);
  return [
    { id: "graticule", type: "line", source: "graticule", paint: { "line-color": colours.graticule, "line-width": 0.8 } },
    {
      id: "graticule-name",
      type: "symbol",
      source: "graticule",
      layout: { "symbol-placement": "line", "text-field": get("name"), "text-font": FONT, "text-size": 10, "symbol-spacing": 400 },
      paint: { "text-color": colours.quietText, "text-halo-color": colours.halo, "text-halo-width": 1.4 },
    },
  ];
}

/**
 * The whole style.
 * @param {{sources: Object, theme: string, by: string, bounded: boolean}} what `bounded`: there are
 *   outlines to be filled with paper; without them everything is paper
 */
export function buildStyle(what) {
  const { theme, by } = what;
  const colours = ground(theme);
  return {
    version: 8,
    sources: what.sources,
    layers: [
      { id: "outside", type: "background", paint: { "background-color": what.bounded ? colours.outside : colours.paper } },
      { id: "paper", type: "fill", source: "district", paint: { "fill-color": colours.paper } },
      ...graticule(theme),
      { id: "township-chosen", type: "fill", source: "areas", "source-layer": "areas", filter: ["==", get("code"), ""], paint: { "fill-color": colours.accent, "fill-opacity": 0.09 } },
      ...boundaries(theme),
      { id: "township-chosen-line", type: "line", source: "areas", "source-layer": "areas", filter: ["==", get("code"), ""], layout: ROUND, paint: { "line-color": colours.accent, "line-width": 2.6 } },
      ...emphasis(theme),
      ...roads(by, theme),
      // Names lie below the symbols: symbols are placed first, names find room round them.
      ...labels(theme),
      ...points(by, theme),
      ...upkeepLayers(by, theme),
      ...nearLabels(theme),
    ],
  };
}
