/**
 * What leaves the phone, and when. Photos' bytes go seven days after their receipt (our choice:
 * long enough to look again, short enough for a small phone), or at a tap; entries with all their
 * photos received go after ninety days. Nothing without a receipt of our own hash ever goes.
 */

import { StorageFull } from "./store.js";

const DAY_MS = 24 * 60 * 60 * 1000;
const BYTES_DAYS = 7;
const ENTRIES_DAYS = 90;

function olderThan(receipt, days) {
  return Date.parse(receipt.received_at) < Date.now() - days * DAY_MS;
}

/** Whether the register holds exactly this photo. */
export function isHeld(photo) {
  return (
    photo.state === "received" && Boolean(photo.receipt) && photo.receipt.sha256 === photo.sha256
  );
}

/** The photos whose bytes may go, taken away; a full phone can take away, but not write. */
function bytesReleased(store, days) {
  return store.within(["photos", "blobs"], "readwrite", async (tx) => {
    const gone = (await tx.all("photos")).filter(
      (photo) => isHeld(photo) && !photo.released && olderThan(photo.receipt, days),
    );
    for (const photo of gone) await tx.remove("blobs", photo.id);
    return gone;
  });
}

function unlessFull(error) {
  if (!(error instanceof StorageFull)) throw error;
}

function releaseNoted(store, gone) {
  return store.within(["photos"], "readwrite", async (tx) => {
    for (const { id } of gone) {
      const photo = await tx.get("photos", id);
      if (photo) await tx.put("photos", { ...photo, released: true });
    }
  });
}

function entriesReleased(store) {
  return store.within(["entries", "photos", "blobs"], "readwrite", async (tx) => {
    const photos = await tx.all("photos");
    for (const entry of await tx.all("entries")) {
      const own = photos.filter((photo) => photo.entry === entry.id);
      const done = entry.state === "received" && own.every(isHeld);
      if (done && entry.receipt && olderThan(entry.receipt, ENTRIES_DAYS)) {
        for (const photo of own) {
          await tx.remove("photos", photo.id);
          await tx.remove("blobs", photo.id);
        }
        await tx.remove("entries", entry.id);
      }
    }
  });
}

/**
 * Let go of what the register has had for long.
 * @param {Object} store
 * @param {number} [days] for the photos' bytes; 0 for all that are received
 * @returns {Promise<number>} bytes of room won
 */
export async function released(store, days = BYTES_DAYS) {
  const gone = await bytesReleased(store, days);
  await entriesReleased(store);
  if (gone.length) await releaseNoted(store, gone).catch(unlessFull);
  return gone.reduce((sum, photo) => sum + photo.size, 0);
}
