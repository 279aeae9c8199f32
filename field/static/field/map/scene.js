/** What the map shows, made from the phone's records and ready to be drawn at any scale. */

import { currentSession } from "../session.js";
import { recordsOf } from "../records.js";
import { boxOf, footOn, pathsOf } from "./geometry.js";

const WORLD = 256;
const OPEN_DEFECTS = ["reported", "verified", "ordered", "repaired"];
const OPEN_ORDERS = ["issued", "accepted", "doing", "submitted", "inspected", "confirmed"];

/** A position in pixels of the whole world at zoom 0. */
export function worldOf(lon, lat) {
  const sine = Math.min(0.9999, Math.max(-0.9999, Math.sin((lat * Math.PI) / 180)));
  return [
    ((lon + 180) / 360) * WORLD,
    (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD,
  ];
}

function projected(path) {
  const flat = new Float64Array(path.length * 2);
  path.forEach(([lon, lat], place) => flat.set(worldOf(lon, lat), place * 2));
  return flat;
}

function worldBox(box) {
  const [west, north] = worldOf(box[0], box[3]);
  const [east, south] = worldOf(box[2], box[1]);
  return [west, north, east, south];
}

function middleOf(geometry) {
  const paths = pathsOf(geometry);
  const longest = paths.reduce((a, b) => (b.length > a.length ? b : a), paths[0]);
  if (geometry.type.endsWith("Polygon")) {
    const box = boxOf(geometry);
    return [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  }
  return longest[Math.floor(longest.length / 2)];
}

function shapeOf(record) {
  const box = boxOf(record.geometry);
  if (!box) return null;
  const { type } = record.geometry;
  const isPoint = type.endsWith("Point");
  return {
    record,
    kind: record.kind,
    isPoint,
    isArea: type.endsWith("Polygon"),
    box: worldBox(box),
    at: isPoint ? worldOf(box[0], box[1]) : worldOf(...middleOf(record.geometry)),
    paths: isPoint ? [] : pathsOf(record.geometry).map(projected),
  };
}

function placeOf(record, assets) {
  if (record.geometry && boxOf(record.geometry)) {
    const box = boxOf(record.geometry);
    return [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  }
  const asset = assets.get(String(record.asset));
  if (!asset || !boxOf(asset.geometry)) return null;
  const middle = middleOf(asset.geometry);
  return footOn(asset.geometry, middle[0], middle[1]).at;
}

function pins(sort, records, assets, gradeOf) {
  const found = [];
  records.forEach((record) => {
    const place = placeOf(record, assets);
    if (place) found.push({ sort, record, grade: gradeOf(record), at: worldOf(...place), place });
  });
  return found;
}

async function placesOf() {
  const { store } = currentSession();
  const packages = store ? await store.all("packages") : [];
  const found = new Map();
  packages.forEach(({ places }) => {
    ((places && places.features) || []).forEach((feature) => {
      const { properties } = feature;
      found.set(String(properties.code || feature.id || properties.name), feature);
    });
  });
  return Array.from(found.values());
}

function outlineOf(feature) {
  const box = boxOf(feature.geometry);
  return { paths: pathsOf(feature.geometry).map(projected), box: worldBox(box), feature };
}

function isShown(feature) {
  return Boolean(feature.geometry) && Boolean(boxOf(feature.geometry));
}

/** The box of all records, `[west, south, east, north]`, or null. */
function extentOf(geometries) {
  const boxes = geometries.map(boxOf).filter(Boolean);
  if (!boxes.length) return null;
  return boxes.reduce((all, box) => [
    Math.min(all[0], box[0]),
    Math.min(all[1], box[1]),
    Math.max(all[2], box[2]),
    Math.max(all[3], box[3]),
  ]);
}

/**
 * Read what is to be shown.
 * @returns {Promise<{assets: Object[], lines: Object[], points: Object[], pins: Object[],
 *   outlines: Object[], villages: Object[], extent: (number[]|null)}>}
 */
export async function makeScene() {
  const [assets, defects, orders, places] = await Promise.all([
    recordsOf("asset"),
    recordsOf("defect"),
    recordsOf("order"),
    placesOf(),
  ]);
  const known = new Map(assets.map((asset) => [String(asset.id), asset]));
  const shapes = assets.map(shapeOf).filter(Boolean);
  const shown = places.filter(isShown);
  const isArea = (feature) => feature.geometry.type.endsWith("Polygon");
  return {
    assets,
    lines: shapes.filter((shape) => !shape.isPoint),
    points: shapes.filter((shape) => shape.isPoint),
    pins: [
      ...pins("order", orders.filter(({ state }) => OPEN_ORDERS.includes(state)), known,
        ({ priority }) => priority),
      ...pins("defect", defects.filter(({ state }) => OPEN_DEFECTS.includes(state)), known,
        ({ severity }) => severity),
    ],
    outlines: shown.filter(isArea).map(outlineOf),
    villages: shown.filter((feature) => !isArea(feature)).map((feature) => ({
      name: feature.properties.name,
      name_en: feature.properties.name_en,
      at: worldOf(...pathsOf(feature.geometry)[0][0]),
    })),
    extent: extentOf(assets.map(({ geometry }) => geometry))
      || extentOf(shown.map(({ geometry }) => geometry)),
  };
}
