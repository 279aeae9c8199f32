/**
 * What leaves the phone, and when. Photos' bytes go seven days after their receipt (our choice:
 * long enough to look again, short enough for a small phone), or at a tap; entries with all their
 * photos received go after ninety days. Nothing without a receipt of our own hash ever goes.
 */

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

async function bytesReleased(tx, photos, days) {
  let freed = 0;
  for (const photo of photos) {
    if (isHeld(photo) && !photo.released && olderThan(photo.receipt, days)) {
      await tx.remove("blobs", photo.id);
      await tx.put("photos", { ...photo, released: true });
      freed += photo.size;
    }
  }
  return freed;
}

async function entriesReleased(tx, entries, photos) {
  for (const entry of entries) {
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
}

/**
 * Let go of what the register has had for long.
 * @param {Object} store
 * @param {number} [days] for the photos' bytes; 0 for all that are received
 * @returns {Promise<number>} bytes of room won
 */
export function released(store, days = BYTES_DAYS) {
  return store.within(["entries", "photos", "blobs"], "readwrite", async (tx) => {
    const photos = await tx.all("photos");
    const freed = await bytesReleased(tx, photos, days);
    await entriesReleased(tx, await tx.all("entries"), photos);
    return freed;
  });
}
