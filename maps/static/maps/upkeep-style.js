/** How assets, defects, work orders, closures and structures are drawn. */
import { config } from "./config.js";
import { RING_PARTS } from "./icons.js";
import { ground, onGround } from "./palette.js";
import { GAPS } from "./upkeep.js";
import { GAP_COLOURS, GAP_DASHES, STATE_COLOURS } from "./upkeep-icons.js";

const FONT = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", "sans-serif"];
const get = (name) => ["get", name];
const text = (name) => ["to-string", ["coalesce", get(name), ""]];
const geometryIs = (...types) => ["in", ["geometry-type"], ["literal", types]];
const LINES = geometryIs("LineString", "MultiLineString");
const byZoom = (...stops) => ["interpolate", ["linear"], ["zoom"], ...stops];
const GAP = ["match", text("gap"), GAPS, text("gap"), "not_kept"];
const ALL = [...GAPS, "not_kept"];

/** Style layers of each entry of the layer tree, from below. */
export const UPKEEP_GROUPS = {
  assets: ["assets-fill", "assets-outline", "assets-casing", ...ALL.map((gap) => `assets-line-${gap}`), "assets-mark", "assets-clusters", "assets-single", "assets-symbol", "assets-name"],
  closures: ["closures-casing", "closures-line", "closures-mark"],
  structures: ["structures-symbol"],
  defects: ["defects-clusters", "defects-single", "defects-symbol"],
  work_orders: ["work_orders-clusters", "work_orders-single", "work_orders-symbol"],
};
/** Style layers in which people point at things, topmost first. */
export const UPKEEP_TOUCHABLE = [
  "defects-symbol", "defects-single", "work_orders-symbol", "work_orders-single", "defects-clusters", "work_orders-clusters",
  "closures-mark", "closures-line", "structures-symbol", "assets-symbol", "assets-single", "assets-clusters", "assets-mark",
  ...ALL.map((gap) => `assets-line-${gap}`), "assets-fill",
];

function colourOf(by, theme) {
  const lift = (colours) => Object.keys(colours).reduce((all, code) => all.concat(code, onGround(colours[code], theme)), []);
  const states = ["match", get("state"), ...lift(STATE_COLOURS), onGround(GAP_COLOURS.not_kept, theme)];
  if (by === "state" || config.public) return states;
  return ["match", GAP, ...lift(GAP_COLOURS), onGround(GAP_COLOURS.not_kept, theme)];
}

function width(extra) {
  const wide = (county, township, village) => ["match", get("road_class"), "county", county + extra, "special", township + extra, "township", township + extra, village + extra];
  return byZoom(8, wide(1.6, 1.1, 0.7), 10.5, wide(2.8, 2, 1.3), 12, wide(3.8, 3, 2.2), 14, wide(6, 5, 3.8), 18, wide(14, 11, 8));
}

function assetImage(kind, by, theme) {
  const shown = config.public ? "state" : by;
  return ["concat", "asset|", kind, "|", GAP, "|", get("state"), "|", shown, "|", theme];
}

function assetLines(by, theme) {
  const common = { source: "assets", "source-layer": "assets", type: "line" };
  const plain = by === "state" || config.public;
  const lines = ALL.map((gap) => Object.assign({}, common, {
    id: `assets-line-${gap}`,
    filter: ["all", LINES, ["==", GAP, gap]],
    layout: { "line-join": "round", "line-cap": GAP_DASHES[gap] && !plain ? "butt" : "round" },
    paint: Object.assign({ "line-color": colourOf(by, theme), "line-width": width(0) }, GAP_DASHES[gap] && !plain ? { "line-dasharray": GAP_DASHES[gap] } : {}),
  }));
  return [
    Object.assign({}, common, { id: "assets-casing", filter: LINES, layout: { "line-join": "round", "line-cap": "round" }, paint: { "line-color": ground(theme).casing, "line-width": width(2) } }),
    ...lines,
    {
      id: "assets-mark", type: "symbol", source: "assets", "source-layer": "assets", minzoom: 10.5,
      filter: plain ? ["==", get("state"), "none"] : ["all", LINES, ["in", GAP, ["literal", GAPS.slice(1)]]],
      layout: { "symbol-placement": "line-center", "icon-image": assetImage("", by, theme), "icon-rotation-alignment": "viewport", "icon-allow-overlap": ["step", ["zoom"], false, 13, true] },
    },
  ];
}

const twelfths = (held) => ["to-string", ["ceil", ["*", RING_PARTS, ["/", held, get("count")]]]];
/** The public is told of no gaps: there the ring shows which assets are not fully in service. */
const LACKING = ["coalesce", get("gaps"), get("limited"), 0];
const MANAGED = ["coalesce", get("managed"), ["-", get("count"), ["coalesce", get("limited"), 0]]];

function ring(id, source, image, theme, shift) {
  return {
    id, type: "symbol", source, "source-layer": `${source}_clusters`, maxzoom: 12, filter: [">", get("count"), 1],
    layout: {
      "icon-image": image, "icon-allow-overlap": true, "text-field": ["to-string", get("count")], "text-font": FONT,
      "text-size": 11.5, "text-allow-overlap": true, "symbol-sort-key": get("count"),
    },
    paint: { "text-color": ground(theme).text, "icon-translate": shift, "text-translate": shift },
  };
}

function single(id, source, image, shift) {
  return {
    id, type: "symbol", source, "source-layer": `${source}_clusters`, maxzoom: 12, filter: ["==", get("count"), 1],
    layout: { "icon-image": image, "icon-size": byZoom(8, 0.65, 11, 0.85), "icon-allow-overlap": true },
    paint: { "icon-translate": shift },
  };
}

function named(theme) {
  const colours = ground(theme);
  return { "text-color": colours.text, "text-halo-color": colours.halo, "text-halo-width": 1.6 };
}

function assets(by, theme) {
  const common = { source: "assets", "source-layer": "assets" };
  const polygons = geometryIs("Polygon", "MultiPolygon");
  const colour = colourOf(by, theme);
  const size = ["step", get("count"), "s", 15, "m", 60, "l", 500, "x"];
  return [
    Object.assign({ id: "assets-fill", type: "fill", filter: polygons, paint: { "fill-color": colour, "fill-opacity": 0.2 } }, common),
    Object.assign({ id: "assets-outline", type: "line", filter: polygons, paint: { "line-color": colour, "line-width": 1.8 } }, common),
    ...assetLines(by, theme),
    ring("assets-clusters", "assets", ["concat", "assets|", size, "|", twelfths(LACKING), "|", twelfths(MANAGED), "|", theme], theme, [0, 0]),
    single("assets-single", "assets", assetImage(get("kind"), by, theme), [0, 0]),
    Object.assign({
      id: "assets-symbol", type: "symbol", filter: ["!", LINES],
      layout: { "icon-image": assetImage(get("kind"), by, theme), "icon-size": byZoom(12, 0.8, 16, 1.1), "icon-allow-overlap": true, "text-field": ["step", ["zoom"], "", 14, text("name")], "text-font": FONT, "text-size": 12, "text-offset": [0, 1.4], "text-anchor": "top", "text-optional": true },
      paint: named(theme),
    }, common),
    Object.assign({
      id: "assets-name", type: "symbol", minzoom: 14, filter: LINES,
      layout: { "symbol-placement": "line", "text-field": text("name"), "text-font": FONT, "text-size": 12, "text-offset": [0, -1] },
      paint: named(theme),
    }, common),
  ];
}

function work(source, image, theme, shift) {
  const size = ["step", get("count"), "s", 15, "m", 60, "l"];
  const bundle = ["concat", "bundle|", source, "|", size, "|", theme];
  return [
    ring(`${source}-clusters`, source, bundle, theme, shift),
    single(`${source}-single`, source, image, shift.map((pixels) => pixels / 1.6)),
    { id: `${source}-symbol`, type: "symbol", source, "source-layer": source, layout: { "icon-image": image, "icon-size": byZoom(12, 0.85, 16, 1.1), "icon-allow-overlap": true, "symbol-sort-key": ["case", ["==", text("overdue"), "true"], 2, 1] }, paint: { "icon-translate": shift.map((pixels) => pixels / 1.6) } },
  ];
}

function closures(theme) {
  const common = { source: "closures", "source-layer": "closures" };
  const red = ["case", ["==", text("current"), "true"], onGround("#c62828", theme), onGround("#7d7d85", theme)];
  return [
    Object.assign({ id: "closures-casing", type: "line", layout: { "line-cap": "butt" }, paint: { "line-color": "#ffffff", "line-width": byZoom(9, 5, 14, 10) } }, common),
    Object.assign({ id: "closures-line", type: "line", paint: { "line-color": red, "line-width": byZoom(9, 4, 14, 8), "line-dasharray": [1, 0.8] } }, common),
    Object.assign({ id: "closures-mark", type: "symbol", layout: { "symbol-placement": "line-center", "icon-image": ["concat", "closure|", text("current"), "|", theme], "icon-rotation-alignment": "viewport", "icon-allow-overlap": true } }, common),
  ];
}

/** All style layers of assets and upkeep, from below. */
export function upkeepLayers(by, theme) {
  const offered = new Set(config.upkeep || []);
  const work_ = [
    ["work_orders", ["concat", "order|", text("priority"), "|", text("overdue"), "|", theme], [14, 8]],
    ["defects", ["concat", "defect|", text("severity"), "|", text("overdue"), "|", theme], [-14, -8]],
  ].filter(([source]) => offered.has(source));
  return [
    ...(offered.has("assets") ? assets(by, theme) : []),
    ...(offered.has("structures") ? [{ id: "structures-symbol", type: "symbol", source: "structures", "source-layer": "structures", minzoom: 13, layout: { "icon-image": ["concat", "structure|", get("kind"), "|", theme], "icon-size": byZoom(13, 0.6, 17, 1), "icon-allow-overlap": ["step", ["zoom"], false, 15, true] } }] : []),
    ...(offered.has("closures") ? closures(theme) : []),
    ...work_.reduce((all, given) => all.concat(work(given[0], given[1], theme, given[2])), []),
  ];
}
