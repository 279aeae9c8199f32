/**
 * What waits, as a file that the office takes in: a line of JSON each for the header, the
 * entries, the photos and the end. Photos become text one after another, so that a phone with
 * little memory holds one of them at a time; the rest are parts of a Blob.
 */

import { device } from "./device.js";
import { bytesOf } from "./outbox.js";
import { operationOf } from "./send-entries.js";
import { currentSession } from "./session.js";
import { dayOf } from "./words.js";

const CHUNK = 3 * 8192;
const TYPE = "application/x-ndjson";

function base64(bytes) {
  const view = new Uint8Array(bytes);
  const parts = [];
  for (let from = 0; from < view.length; from += CHUNK) {
    parts.push(btoa(String.fromCharCode.apply(null, view.subarray(from, from + CHUNK))));
  }
  return parts.join("");
}

function line(value) {
  return `${JSON.stringify(value)}\n`;
}

function photoLine(photo, bytes) {
  const { id, sha256, type, taken_at, lon, lat, accuracy_m } = photo;
  return line({ photo: { id, sha256, type, taken_at, lon, lat, accuracy_m, data: base64(bytes) } });
}

function isUnsent(row) {
  return ["ready", "sending", "attention"].includes(row.state);
}

/** Entries that are no drafts and not received, and photos without a receipt whose entry is. */
async function waiting(store) {
  return store.within(["entries", "photos"], "readonly", async (tx) => {
    const entries = await tx.all("entries");
    const drafts = new Set(entries.filter((e) => e.state === "draft").map((e) => e.id));
    const photos = (await tx.all("photos")).filter((p) => isUnsent(p) && !drafts.has(p.entry));
    return { entries: entries.filter(isUnsent), photos };
  });
}

async function photoParts(photos) {
  const parts = [];
  for (const photo of photos) {
    const bytes = await bytesOf(photo.id);
    if (bytes) parts.push(new Blob([photoLine(photo, bytes)]));
  }
  return parts;
}

/**
 * The outbox as a file.
 * @returns {Promise<Blob>} newline-delimited JSON
 */
export async function outboxFile() {
  const { store, me } = currentSession();
  const { entries, photos } = await waiting(store);
  const parts = await photoParts(photos);
  const header = {
    format: "livelihood-atlas-outbox",
    version: 1,
    user: { id: me.user.id, username: me.user.username },
    device_id: (await device()).device_id,
    saved_at: new Date().toISOString(),
    entries: entries.length,
    photos: parts.length,
  };
  const ops = entries
    .sort((a, b) => (a.op_id < b.op_id ? -1 : 1))
    .map((entry) => line({ op: operationOf(entry) }));
  const end = line({ end: { lines: ops.length + parts.length } });
  return new Blob([line(header), ...ops, ...parts, end], { type: TYPE });
}

/** Hand the file to the person, under a name that says whose and of when it is. */
export async function saveOutboxFile() {
  const { me } = currentSession();
  const address = URL.createObjectURL(await outboxFile());
  const link = document.createElement("a");
  link.href = address;
  link.download = `outbox-${me.user.username}-${dayOf()}.ndjson`;
  document.body.appendChild(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
