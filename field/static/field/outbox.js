/**
 * Entries on their way: draft → ready → sending → received, or attention when people must look.
 * An entry and all its photos are written in one transaction, and nothing is taken away before
 * its receipt.
 */

import { sha256 } from "./hash.js";
import { newId } from "./ids.js";
import { listeners } from "./listeners.js";
import { currentSession } from "./session.js";
import { tallyOf } from "./tally.js";

export { newId } from "./ids.js";

const ALL = ["entries", "photos", "blobs"];
const PING = "atlas-field-outbox";
const heard = listeners();

/** An entry cannot be changed any more: it is on its way or received. */
export class AlreadySent extends Error {
  constructor() {
    super("already_sent");
    this.code = "already_sent";
  }
}

/** Be told when entries or photos changed, here or `elsewhere`: `{reason, id, elsewhere}`. */
export function onOutbox(fn) {
  return heard.add(fn);
}

/** Tell everybody, other tabs too, that something changed. */
export function outboxChanged(reason, id = null) {
  heard.tell({ reason, id, elsewhere: false });
  try {
    window.localStorage.setItem(PING, JSON.stringify({ reason, id, turn: Math.random() }));
  } catch {
    // Without this storage other tabs learn it when they are next looked at.
  }
}

window.addEventListener("storage", (event) => {
  if (event.key !== PING || !event.newValue) return;
  const { reason, id } = JSON.parse(event.newValue);
  heard.tell({ reason, id, elsewhere: true });
});

function store() {
  return currentSession().store;
}

/**
 * Begin an entry; nothing is written yet.
 * @param {{entity: string, type: ("create"|"update"|"move"), entityId: string|undefined,
 *   baseVersion: number|undefined, title: string, body: Object}} given
 * @returns {Object} the entry, with identifiers of its own
 */
export function newEntry({ entity, type = "create", entityId, baseVersion, title, body }) {
  return {
    id: newId(),
    op_id: newId(),
    entity,
    type,
    entity_id: entityId || newId(),
    base_version: baseVersion === undefined ? null : baseVersion,
    title,
    body: body || {},
    device_time: new Date().toISOString(),
    state: "draft",
    receipt: null,
    problem: null,
    photo_ids: [],
    changed_at: new Date().toISOString(),
  };
}

async function withHashes(photos) {
  const found = [];
  for (const { photo, bytes } of photos) {
    const hash = photo.sha256 || (bytes ? await sha256(bytes) : null);
    const length = bytes ? bytes.byteLength : photo.size;
    found.push({ photo: { ...photo, sha256: hash, size: length }, bytes });
  }
  return found;
}

function plainBuffer(bytes) {
  if (bytes instanceof ArrayBuffer) return bytes;
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

/**
 * The photos that an entry has after a write. What another tab added is kept, and what it took
 * out stays out: `known` are those that this page had seen.
 */
function merged(photos, before, known) {
  const standing = new Set(before.map(({ id }) => id));
  const given = photos.filter(({ photo, bytes }) => bytes || standing.has(photo.id));
  const ids = new Set([...known, ...photos.map(({ photo }) => photo.id)]);
  const others = before.filter(({ id }) => !ids.has(id));
  return [...given, ...others.map((photo) => ({ photo, bytes: null }))];
}

async function putPhotos(tx, entry, photos, before) {
  const wanted = new Set(entry.photo_ids);
  for (const old of before.filter((photo) => !wanted.has(photo.id))) {
    await tx.remove("photos", old.id);
    await tx.remove("blobs", old.id);
  }
  const received = new Map(before.map((photo) => [photo.id, photo]));
  for (const { photo, bytes } of photos) {
    const known = received.get(photo.id);
    const row = { offset: 0, receipt: null, problem: null, ...photo };
    const state = known && known.state === "received" ? "received" : entry.state;
    await tx.put("photos", { ...row, entry: entry.id, state });
    if (bytes) await tx.put("blobs", { id: photo.id, bytes: plainBuffer(bytes) });
  }
}

async function kept(entry, photos, state) {
  const hashed = await withHashes(photos);
  const row = await store().within(ALL, "readwrite", async (tx) => {
    const standing = await tx.get("entries", entry.id);
    if (standing && standing.state !== "draft") throw new AlreadySent();
    const before = await tx.allOf("photos", "entry", entry.id);
    const all = merged(hashed, before, entry.photo_ids);
    const written = {
      ...entry,
      state,
      problem: state === "draft" ? entry.problem : null,
      photo_ids: all.map(({ photo }) => photo.id),
      changed_at: new Date().toISOString(),
    };
    await tx.put("entries", written);
    await putPhotos(tx, written, all, before);
    return written;
  });
  Object.assign(entry, row);
  askToStay();
  return entry;
}

/** Ask the browser, once, not to clear this phone's data when room is short. */
async function askToStay() {
  const { storage } = navigator;
  if (!storage || !storage.persist) return;
  if (await storage.persisted()) return;
  await storage.persist();
}

/**
 * Keep a draft with its photos.
 * @param {Object} entry
 * @param {{photo: Object, bytes: (ArrayBuffer|undefined)}[]} photos all of the draft's; `bytes`
 *   may be left out for those that are kept already
 */
export async function saveDraft(entry, photos = []) {
  const saved = await kept(entry, photos, "draft");
  outboxChanged("draft", entry.id);
  return saved;
}

/**
 * Give an entry to the outbox: it is on the phone for good when this promise is kept.
 * @throws {StorageFull} nothing of it was written
 * @throws {AlreadySent} it was given before
 */
export async function submit(entry, photos = []) {
  const saved = await kept(entry, photos, "ready");
  outboxChanged("submitted", entry.id);
  return saved;
}

/** One entry, or undefined. */
export function entryOf(id) {
  return store().get("entries", id);
}

/** All entries, the latest change first. */
export async function entries() {
  const all = store() ? await store().all("entries") : [];
  return all.sort((a, b) => (a.changed_at < b.changed_at ? 1 : -1));
}

/** The photos of an entry, in its order. */
export async function photosOf(entryId) {
  const entry = await entryOf(entryId);
  const found = await store().allOf("photos", "entry", entryId);
  const order = entry ? entry.photo_ids : [];
  return found.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
}

/** The bytes of a photo while the phone keeps them, else null. */
export async function bytesOf(photoId) {
  const blob = await store().get("blobs", photoId);
  return blob ? blob.bytes : null;
}

function isUntouched({ state, body, photo_ids: ids }) {
  return state === "draft" && Boolean(body.is_new) && !ids.length;
}

/**
 * Throw a draft away with its photos; anything else is kept.
 * @param {string} id
 * @param {{untouched: (boolean|undefined)}} [only] `untouched`: only while nothing was entered in
 *   it, in another tab either
 */
export async function discardDraft(id, { untouched = false } = {}) {
  await store().within(ALL, "readwrite", async (tx) => {
    const entry = await tx.get("entries", id);
    if (!entry || (untouched && !isUntouched(entry))) return;
    if (entry.state !== "draft") throw new AlreadySent();
    for (const photo of await tx.allOf("photos", "entry", id)) {
      await tx.remove("photos", photo.id);
      await tx.remove("blobs", photo.id);
    }
    await tx.remove("entries", id);
  });
  outboxChanged("discarded", id);
}

/**
 * Make an entry that the register did not take a draft again, under a new operation.
 * Its own identifier stays, unless the register holds another content under it.
 * @returns {Promise<Object>} the draft
 */
export async function reopen(id) {
  const draft = await store().within(ALL, "readwrite", async (tx) => {
    const entry = await tx.get("entries", id);
    if (!entry || entry.state !== "attention") throw new AlreadySent();
    const taken = entry.type === "create" && entry.problem.status === "conflict";
    const changed = { ...entry, state: "draft", op_id: newId() };
    if (taken) changed.entity_id = newId();
    for (const photo of await tx.allOf("photos", "entry", id)) {
      if (photo.state !== "received") await tx.put("photos", { ...photo, state: "draft" });
    }
    await tx.put("entries", changed);
    return changed;
  });
  outboxChanged("draft", id);
  return draft;
}

/** Send a refused photo once more. */
export async function retryPhoto(id) {
  await store().within(["photos"], "readwrite", async (tx) => {
    const photo = await tx.get("photos", id);
    if (photo && photo.state === "attention") {
      await tx.put("photos", { ...photo, state: "ready", offset: 0, problem: null });
    }
  });
  outboxChanged("submitted", id);
}

/** How many entries and photos are in which state. */
export async function counts() {
  const none = { draft: 0, ready: 0, sending: 0, received: 0, attention: 0 };
  return store() ? tallyOf(store()) : { entries: { ...none }, photos: { ...none } };
}
