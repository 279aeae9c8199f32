/** Photos to the register, in pieces that go on where the last connection ended. */

import { NoAnswer, ask, isAboutContent } from "./answers.js";
import { photoCompared, photoRefused } from "./judged.js";
import { StorageFull } from "./store.js";

const PIECE = 256 * 1024;
const TIMEOUT_MS = 180_000;
const ROUNDS_WITHOUT_PROGRESS = 4;
const REFUSALS = [403, 409, 413, 415, 422];
const HASH_DIFFERS = "photo_hash_differs";
/** Photos that got no judgement, they go behind the others; kept while the page is open. */
const troubled = new Set();

/** Change a photo's row; a full phone that cannot write must still be able to send. */
async function change(context, id, changed) {
  try {
    await context.store.within(["photos"], "readwrite", async (tx) => {
      const photo = await tx.get("photos", id);
      if (photo) await tx.put("photos", { ...photo, ...changed });
    });
  } catch (error) {
    if (!(error instanceof StorageFull)) throw error;
    context.troubled(error);
  }
  context.changed();
}

function address(photo) {
  return `/api/v1/photos/${photo.id}`;
}

/** What the phone says beside the bytes; the register reads the picture's own EXIF first. */
function statement(photo) {
  const said = new URLSearchParams();
  if (photo.taken_at) said.set("taken_at", photo.taken_at);
  if (Number.isFinite(photo.lon) && Number.isFinite(photo.lat)) {
    said.set("lon", photo.lon.toFixed(7));
    said.set("lat", photo.lat.toFixed(7));
    if (Number.isFinite(photo.accuracy_m)) said.set("accuracy_m", photo.accuracy_m.toFixed(1));
  }
  const text = said.toString();
  return text ? `?${text}` : "";
}

function offsetOf(headers) {
  const text = headers.get("Upload-Offset");
  const offset = text === null ? NaN : Number(text);
  return Number.isInteger(offset) && offset >= 0 ? offset : null;
}

/** How many bytes the register holds already. */
async function offsetHeld(context, photo) {
  const { status, headers } = await ask("HEAD", address(photo), {
    user: context.user,
    headers: { "X-Content-SHA256": photo.sha256 },
    accept: [404, 409],
  });
  if (status === 409) throw new NoAnswer("other_user");
  if (status === 404) return 0;
  const offset = offsetOf(headers);
  if (offset === null) throw new NoAnswer("portal");
  return Math.min(offset, photo.size);
}

function pieceHeaders(photo, offset) {
  return {
    "Content-Type": "application/offset+octet-stream",
    "Upload-Offset": String(offset),
    "Upload-Length": String(photo.size),
    "X-Content-SHA256": photo.sha256,
  };
}

async function pieceSent(context, photo, bytes, offset) {
  const piece = bytes.slice(offset, Math.min(offset + PIECE, bytes.byteLength));
  return ask("PATCH", address(photo) + statement(photo), {
    user: context.user,
    headers: pieceHeaders(photo, offset),
    bytes: piece,
    timeout: TIMEOUT_MS,
    accept: [409],
  });
}

/** The next offset after an answer, or the receipt when the photo is whole. */
function readAnswer({ status, json, headers }) {
  if (json === undefined) throw new NoAnswer("portal");
  if (json && json.sha256 && json.received_at) return { receipt: json };
  if (status === 409 && json && json.code === "other_user") throw new NoAnswer("other_user");
  const offset = offsetOf(headers);
  if (offset !== null) return { offset };
  if (status === 409) throw new NoAnswer("refused", { status, problem: json });
  throw new NoAnswer("portal");
}

async function wholeSent(context, photo, bytes) {
  // One that never set out begins at 0 without asking; were it wrong, 409 names the right place.
  const isFresh = photo.state === "ready" && !photo.offset;
  let offset = isFresh ? 0 : await offsetHeld(context, photo);
  let idle = 0;
  for (;;) {
    const answer = readAnswer(await pieceSent(context, photo, bytes, offset));
    if (answer.receipt) return answer.receipt;
    idle = answer.offset > offset ? 0 : idle + 1;
    if (idle > ROUNDS_WITHOUT_PROGRESS) throw new NoAnswer("server");
    offset = answer.offset;
    await change(context, photo.id, { offset });
  }
}

/** Refused for good; a 400 is a piece that was cut on its way, and is sent again later. */
function isRefusal(error) {
  return error instanceof NoAnswer && REFUSALS.includes(error.status) && error.kind === "refused";
}

/** Bytes that were spoilt on the way are thrown away there: they go once more from the start. */
async function sentOrOnceMore(context, photo, bytes) {
  try {
    return await wholeSent(context, photo, bytes);
  } catch (error) {
    const codes = ((error.problem && error.problem.errors) || []).map((entry) => entry.code);
    if (!codes.includes(HASH_DIFFERS)) throw error;
    return wholeSent(context, photo, bytes);
  }
}

async function oneSent(context, photo) {
  const blob = await context.store.get("blobs", photo.id);
  if (!blob) {
    await change(context, photo.id, photoRefused(photo, { code: "bytes_missing" }));
    return;
  }
  await change(context, photo.id, { state: "sending" });
  try {
    const receipt = await sentOrOnceMore(context, photo, blob.bytes);
    await change(context, photo.id, photoCompared(photo, receipt));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await change(context, photo.id, photoRefused(photo, error.problem));
  }
}

async function sentOrLeft(context, photo) {
  try {
    await oneSent(context, photo);
    troubled.delete(photo.id);
  } catch (error) {
    if (!isAboutContent(error)) throw error;
    troubled.add(photo.id);
    context.troubled(error);
  }
}

/**
 * Send the photos of received entries, the oldest first; one that is refused, or that the register
 * cannot take at the moment, blocks no other.
 * @param {Object} context see `entriesSent`
 */
export async function photosSent(context) {
  const entries = await context.store.all("entries");
  const received = new Set(entries.filter((e) => e.state === "received").map((e) => e.id));
  const goes = ({ entry, state }) =>
    (received.has(entry) || context.received.has(entry)) && ["ready", "sending"].includes(state);
  const photos = (await context.store.all("photos"))
    .filter(goes)
    .sort((a, b) => troubled.has(a.id) - troubled.has(b.id) || (a.id < b.id ? -1 : 1));
  for (const photo of photos) {
    if (context.isNewer()) return;
    await sentOrLeft(context, photo);
  }
}
