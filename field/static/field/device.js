/** What belongs to the phone and to nobody in particular: its identifier and who used it last. */

import { newId } from "./ids.js";
import { openDatabase, storeOver } from "./store.js";

let opened = null;

function make(database) {
  database.createObjectStore("device", { keyPath: "key" });
}

function deviceStore() {
  if (!opened) opened = storeOver(() => openDatabase("atlas-field", 1, make));
  return opened;
}

/**
 * The phone's facts: `{key, device_id, last_user, users: [{id, name}]}`.
 * @returns {Promise<Object>}
 */
export async function device() {
  const store = await deviceStore();
  return store.within(["device"], "readwrite", async (tx) => {
    const kept = await tx.get("device", "device");
    if (kept) return kept;
    const made = { key: "device", device_id: `phone-${newId()}`, last_user: null, users: [] };
    await tx.put("device", made);
    return made;
  });
}

/** Change some of the phone's facts and return all. */
export async function deviceChanged(change) {
  await device();
  const store = await deviceStore();
  return store.within(["device"], "readwrite", async (tx) => {
    const kept = Object.assign(await tx.get("device", "device"), change);
    await tx.put("device", kept);
    return kept;
  });
}

/** Remember who is using the phone now. */
export async function usedBy(user) {
  const { users } = await device();
  const others = users.filter((known) => known.id !== user.id);
  return deviceChanged({
    last_user: user.id,
    users: [...others, { id: user.id, name: user.name || user.username }],
  });
}
