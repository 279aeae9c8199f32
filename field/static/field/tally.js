/** How many entries and photos of a store are in which state. */

export const STATES = ["draft", "ready", "sending", "received", "attention"];

function tallied(rows) {
  const found = {};
  STATES.forEach((state) => {
    found[state] = rows.filter((row) => row.state === state).length;
  });
  return found;
}

/**
 * Count entries and photos by state.
 * @param {Object} store
 * @returns {Promise<{entries: Object<string, number>, photos: Object<string, number>}>}
 */
export function tallyOf(store) {
  return store.within(["entries", "photos"], "readonly", async (tx) => {
    const entries = await tx.all("entries");
    const photos = await tx.all("photos");
    return { entries: tallied(entries), photos: tallied(photos) };
  });
}

/** The photos of entries that were given to the outbox and are not with the register yet. */
export function photosOpen({ ready, sending, attention }) {
  return ready + sending + attention;
}

/** Everything that is not with the register yet, drafts included. */
export function unsent(counts) {
  const { draft, ready, sending, attention } = counts;
  return draft + ready + sending + attention;
}
