/** One tab at a time: the browser's own lock, or a lease in the store where there is none. */

import { newId } from "./ids.js";
import { StorageFull } from "./store.js";

const LEASE_MS = 20_000;
const ME = newId();

/** Whether another tab holds the lease; one that ends too late was made before the clock was set. */
function isHeld(lease) {
  const left = lease ? lease.until - Date.now() : 0;
  return Boolean(lease) && lease.holder !== ME && left > 0 && left <= LEASE_MS;
}

async function leaseTaken(store, name) {
  const key = `lease ${name}`;
  try {
    return await store.within(["meta"], "readwrite", async (tx) => {
      if (isHeld(await tx.get("meta", key))) return false;
      await tx.put("meta", { key, holder: ME, until: Date.now() + LEASE_MS });
      return true;
    });
  } catch (error) {
    // A full phone must still be able to send; two tabs at it do no harm.
    if (error instanceof StorageFull) return true;
    throw error;
  }
}

async function leaseGiven(store, name) {
  const key = `lease ${name}`;
  await store.within(["meta"], "readwrite", async (tx) => {
    const held = await tx.get("meta", key);
    if (held && held.holder === ME) await tx.remove("meta", key);
  });
}

async function withLease(store, name, work) {
  if (!(await leaseTaken(store, name))) return false;
  const renew = window.setInterval(() => leaseTaken(store, name).catch(() => null), LEASE_MS / 4);
  try {
    await work();
  } finally {
    window.clearInterval(renew);
    await leaseGiven(store, name);
  }
  return true;
}

/**
 * Do something unless another tab is at it.
 * @returns {Promise<boolean>} false when another tab is
 */
export async function alone(store, name, work) {
  if (!navigator.locks) return withLease(store, name, work);
  let done = false;
  await navigator.locks.request(`atlas-field ${name}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    done = true;
    await work();
  });
  return done;
}
