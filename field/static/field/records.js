/** What the phone knows of the register: the packages it took along and what came since. */

import { listeners } from "./listeners.js";
import { currentSession } from "./session.js";

const LISTS = {
  order: "orders",
  defect: "defects",
  patrol_plan: "patrol_plans",
  standard: "standards",
  due: "due",
  returned: "returned",
};
const heard = listeners();
let read = null;
let readOf = null;

/** Be told when records changed. */
export function onRecords(fn) {
  return heard.add(fn);
}

/** Say that packages or records were written; they are read anew at the next question. */
export function recordsChanged() {
  read = null;
  heard.tell();
}

function flat(item) {
  if (!item || item.type !== "Feature") return item;
  return { ...item.properties, id: item.id, geometry: item.geometry };
}

function keyOf(entity, item) {
  if (entity === "due") return `${item.asset} ${item.standard}`;
  return String(item.id);
}

function rowsOf(content) {
  if (!content) return [];
  return Array.isArray(content) ? content : content.features || [];
}

function fromPackages(packages) {
  const found = { asset: new Map(), log: new Map() };
  packages.forEach((entry) => {
    rowsOf(entry.assets).map(flat).forEach((asset) => found.asset.set(String(asset.id), asset));
  });
  Object.keys(LISTS).forEach((entity) => {
    found[entity] = new Map();
    packages.forEach((entry) => {
      rowsOf(entry[LISTS[entity]]).map(flat).forEach((item) => {
        found[entity].set(keyOf(entity, item), item);
      });
    });
  });
  found.returned.forEach((item) => found.log.set(String(item.id), item));
  return found;
}

function withPulled(found, records) {
  records.forEach((row) => {
    const items = found[row.entity] || (found[row.entity] = new Map());
    const before = items.get(row.id);
    const item = { ...before, ...flat(row.body), id: row.id, version: row.version };
    if (row.body === null) items.delete(row.id);
    else if (!before || !(before.version > row.version)) items.set(row.id, item);
  });
  return found;
}

async function known() {
  const { store } = currentSession();
  if (!store) return fromPackages([]);
  if (read && readOf === store) return read;
  readOf = store;
  read = store
    .within(["packages", "records"], "readonly", async (tx) => [
      await tx.all("packages"),
      await tx.all("records"),
    ])
    .then(([packages, records]) => withPulled(fromPackages(packages), records));
  return read;
}

/**
 * All records of one kind that the phone knows.
 * @param {string} entity asset, order, defect, log, patrol_plan, patrol, inspection, standard,
 *   due or returned
 * @returns {Promise<Object[]>} their properties, flat, with `id`, `version` and `geometry`
 */
export async function recordsOf(entity) {
  const found = (await known())[entity];
  return found ? Array.from(found.values()) : [];
}

/** One record, or undefined. */
export async function record(entity, id) {
  const found = (await known())[entity];
  return found ? found.get(String(id)) : undefined;
}

/** One asset, or undefined. */
export function assetOf(id) {
  return record("asset", id);
}

function eachPoint(coordinates, visit) {
  if (typeof coordinates[0] === "number") visit(coordinates);
  else coordinates.forEach((inner) => eachPoint(inner, visit));
}

/** Metres from a point to the nearest vertex; plane enough for sorting what lies around. */
function distance(geometry, lon, lat) {
  if (!geometry || !geometry.coordinates) return Infinity;
  const east = 111_320 * Math.cos((lat * Math.PI) / 180);
  let least = Infinity;
  eachPoint(geometry.coordinates, ([x, y]) => {
    least = Math.min(least, Math.hypot((x - lon) * east, (y - lat) * 110_574));
  });
  return least;
}

/**
 * The assets nearest to a point.
 * @returns {Promise<Object[]>} at most `count`, each with `distance_m`, nearest first
 */
export async function assetsNear(lon, lat, count) {
  const assets = await recordsOf("asset");
  return assets
    .map((asset) => ({ ...asset, distance_m: distance(asset.geometry, lon, lat) }))
    .filter((asset) => Number.isFinite(asset.distance_m))
    .sort((a, b) => a.distance_m - b.distance_m)
    .slice(0, count);
}

/** The standard for an asset and a task: that of its kind of works before the general one. */
export async function standardFor(asset, task) {
  const fitting = (await recordsOf("standard")).filter(
    (standard) =>
      standard.asset_kind === asset.kind &&
      standard.task === task &&
      (!standard.works_kind || standard.works_kind === asset.works_kind),
  );
  return fitting.find((standard) => standard.works_kind) || fitting[0];
}
