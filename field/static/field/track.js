/**
 * The track of a patrol, written down position by position as they come, so that a phone whose
 * browser was killed goes on where it stopped. A browser gives positions only while the page is
 * shown; what is missing is a gap and is called so.
 */

import { newId } from "./ids.js";
import { listeners } from "./listeners.js";
import { distance } from "./map/geometry.js";
import { wayOf } from "./map/track_points.js";
import { currentSession } from "./session.js";

const EVERY_M = 4;
const EVERY_MS = 15_000;
const HOPELESS_M = 500;
/** A patrol that nobody ended is over when the phone has been silent for half a day. */
const FORGOTTEN_MS = 12 * 3600 * 1000;
const KEPT_AFTER_RECEIPT_MS = 7 * 24 * 3600 * 1000;

const heard = listeners();
let running = null;

/** Be told of each position that is kept and of each start and stop, with the patrol's id. */
export function onTrack(fn) {
  return heard.add(fn);
}

/** Whether this browser can say where it is. */
export function canTrack() {
  return "geolocation" in navigator;
}

/** Whether this browser can keep the screen on while the track is recorded. */
export function canStayAwake() {
  return "wakeLock" in navigator;
}

function keyOf(patrolId) {
  return `track:${patrolId}`;
}

function metaOf(store, patrolId) {
  return store.get("meta", keyOf(patrolId));
}

async function metaChanged(store, patrolId, change) {
  await store.within(["meta"], "readwrite", async (tx) => {
    const kept = (await tx.get("meta", keyOf(patrolId))) || { key: keyOf(patrolId), patrol: patrolId };
    await tx.put("meta", Object.assign(kept, change));
  });
}

function pointOf(patrolId, found) {
  const { longitude, latitude, accuracy } = found.coords;
  if (![longitude, latitude, accuracy].every(Number.isFinite)) return null;
  return {
    id: newId(),
    patrol: patrolId,
    at: new Date(found.timestamp || Date.now()).toISOString(),
    lon: Math.round(longitude * 1e7) / 1e7,
    lat: Math.round(latitude * 1e7) / 1e7,
    accuracy_m: Math.max(1, Math.round(accuracy)),
  };
}

/** Whether a position tells something that the last written one did not. */
function isNews(point, last) {
  if (point.accuracy_m > HOPELESS_M) return false;
  if (!last) return true;
  if (Date.parse(point.at) - Date.parse(last.at) >= EVERY_MS) return true;
  return distance([last.lon, last.lat], [point.lon, point.lat]) >= EVERY_M;
}

async function keep(mine, found) {
  const point = pointOf(mine.patrolId, found);
  if (!point || running !== mine || !isNews(point, mine.last)) return;
  mine.last = point;
  mine.problem = null;
  try {
    await mine.store.put("tracks", point);
  } catch (error) {
    mine.problem = error.code === "storage_full" ? "storage_full" : "not_written";
  }
  heard.tell(mine.patrolId);
}

async function stayAwake(mine) {
  if (!canStayAwake() || document.visibilityState !== "visible" || running !== mine) return;
  try {
    mine.lock = await navigator.wakeLock.request("screen");
    if (running !== mine) await mine.lock.release();
  } catch {
    // A phone that saves its battery refuses; the track goes on while the screen is lit.
    mine.lock = null;
  }
}

function listen(mine) {
  if (mine.watch !== null) navigator.geolocation.clearWatch(mine.watch);
  mine.watch = navigator.geolocation.watchPosition(
    (found) => keep(mine, found),
    (error) => {
      mine.problem = error.code === 1 ? "denied" : "no_position";
      heard.tell(mine.patrolId);
    },
    { enableHighAccuracy: true, maximumAge: 0, timeout: 60_000 },
  );
}

function watch(store, patrolId) {
  running = { patrolId, store, last: null, problem: null, lock: null, watch: null };
  listen(running);
  stayAwake(running);
}

function unwatch() {
  const mine = running;
  running = null;
  if (!mine) return;
  navigator.geolocation.clearWatch(mine.watch);
  if (mine.lock) mine.lock.release().catch(() => null);
}

document.addEventListener("visibilitychange", () => {
  if (!running || document.visibilityState !== "visible") return;
  stayAwake(running);
  // Whoever has just allowed positions in the settings comes back to a watch that had given up.
  if (running.problem) listen(running);
});

/**
 * Record the track of a patrol from now on; one that is being recorded for another patrol ends.
 * @param {{patrolId: string}} given
 */
export async function startTrack({ patrolId }) {
  const { store } = currentSession();
  if (!store || !canTrack()) return;
  if (running && running.patrolId === patrolId) return;
  if (running) await stopTrack(running.patrolId);
  const before = await metaOf(store, patrolId);
  await metaChanged(store, patrolId, {
    state: "running",
    started_at: (before && before.started_at) || new Date().toISOString(),
    ended_at: null,
  });
  watch(store, patrolId);
  heard.tell(patrolId);
}

/** End the track of a patrol; its points stay on the phone. */
export async function stopTrack(patrolId) {
  const { store } = currentSession();
  if (running && running.patrolId === patrolId) unwatch();
  const kept = store && (await metaOf(store, patrolId));
  if (!kept || kept.state !== "running") return;
  await metaChanged(store, patrolId, { state: "stopped", ended_at: new Date().toISOString() });
  heard.tell(patrolId);
}

/**
 * The track of a patrol as it is now.
 * @param {string} patrolId
 * @returns {Promise<{state: ("none"|"running"|"stopped"), started_at: (string|null),
 *   ended_at: (string|null), problem: (string|null), points: Object[], line: (Object|null),
 *   length_m: number, gaps: number, gaps_m: number, weak: number}>} `problem` is `denied`,
 *   `no_position`, `storage_full` or `not_written`; the rest is told by `wayOf`
 */
export async function trackOf(patrolId) {
  const { store } = currentSession();
  const meta = store ? await metaOf(store, patrolId) : null;
  const points = meta ? await store.allOf("tracks", "patrol", patrolId) : [];
  const isMine = running && running.patrolId === patrolId;
  return {
    state: meta ? meta.state : "none",
    started_at: meta ? meta.started_at : null,
    ended_at: meta ? meta.ended_at : null,
    problem: isMine ? running.problem : null,
    points,
    ...wayOf(points),
  };
}

/** The patrol whose track is being recorded, or null. */
export function trackedPatrol() {
  return running ? running.patrolId : null;
}

async function lastAt(store, meta) {
  const points = await store.allOf("tracks", "patrol", meta.patrol);
  return points.reduce((latest, point) => (point.at > latest ? point.at : latest), meta.started_at);
}

async function resume(store, meta) {
  const silentSince = await lastAt(store, meta);
  if (Date.now() - Date.parse(silentSince) > FORGOTTEN_MS) {
    await metaChanged(store, meta.patrol, { state: "stopped", ended_at: silentSince });
  } else if (!running) watch(store, meta.patrol);
}

async function remove(store, patrolId) {
  const points = await store.allOf("tracks", "patrol", patrolId);
  await store.within(["tracks", "meta"], "readwrite", async (tx) => {
    for (const point of points) await tx.remove("tracks", point.id);
    await tx.remove("meta", keyOf(patrolId));
  });
}

/** Whether the register has had the patrol of a track for long enough. */
async function isOver(store, meta) {
  const entry = await store.get("entries", meta.patrol);
  if (!entry || entry.state !== "received" || meta.state === "running") return false;
  return Date.now() - Date.parse(entry.changed_at) > KEPT_AFTER_RECEIPT_MS;
}

/**
 * Go on with the track that was being recorded when the browser was closed or killed, and clear
 * away those whose patrol was received a week ago. Harmless when called again.
 */
export async function resumeTracks() {
  const { store } = currentSession();
  if (!store || !canTrack()) return;
  if (running && running.store !== store) unwatch();
  const all = await store.all("meta");
  for (const meta of all.filter((row) => String(row.key).startsWith("track:"))) {
    if (meta.state === "running") await resume(store, meta);
    else if (await isOver(store, meta)) await remove(store, meta.patrol);
  }
  if (running) heard.tell(running.patrolId);
}
