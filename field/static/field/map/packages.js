/** The packages that the phone takes along: what there is, what it has, taking and leaving them. */

import { NoAnswer, ask } from "../answers.js";
import { entries } from "../outbox.js";
import { recordsChanged } from "../records.js";
import { currentSession, sessionTold } from "../session.js";
import { download } from "./download.js";

const LIST = "/api/v1/field/packages";
const IDENTIFIER = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** A package stays: entries that the register does not have yet name its assets. */
export class StillNeeded extends Error {
  constructor(count) {
    super("still_needed");
    this.code = "still_needed";
    this.count = count;
  }
}

function featuresOf(row) {
  return row.assets && Array.isArray(row.assets.features) ? row.assets.features : [];
}

function summary(row) {
  return {
    key: row.key,
    title: row.title,
    version: row.version,
    outdated: Boolean(row.outdated),
    taken_at: row.taken_at || row.made_at,
    size: row.size || 0,
    assets: featuresOf(row).length,
    orders: (row.orders || []).length,
    patrol_plans: (row.patrol_plans || []).length,
  };
}

/** The packages on the phone, in short. */
export async function onPhone() {
  const { store } = currentSession();
  return store ? (await store.all("packages")).map(summary) : [];
}

function remember(offered) {
  return currentSession().store.put("meta", { key: "offered_packages", value: offered });
}

/** What the register offered when it last answered. */
export async function offeredBefore() {
  const kept = await currentSession().store.get("meta", "offered_packages");
  return kept ? kept.value : [];
}

/**
 * What the register offers.
 * @returns {Promise<{offered: Object[], problem: (string|null)}>} with `problem` (a kind of
 *   `NoAnswer`) the list is the one heard last
 */
export async function offeredPackages() {
  const { me } = currentSession();
  try {
    const { json } = await ask("GET", LIST, { user: me.user.id });
    if (!json || !Array.isArray(json.packages)) throw new NoAnswer("portal");
    await remember(json.packages);
    return { offered: json.packages, problem: null };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    sessionTold(error.kind);
    return { offered: await offeredBefore(), problem: error.kind };
  }
}

function isWhole(content, key) {
  return Boolean(content) && content.key === key && Boolean(content.assets)
    && Array.isArray(content.assets.features);
}

/**
 * Take a package along, or renew it. The one on the phone stays until the new one has come whole.
 * @param {string} key
 * @param {function(number): void} heard is told how many bytes have come
 * @returns {Promise<boolean>} whether something new came
 * @throws {NoAnswer} it did not come
 * @throws {StorageFull} there is no room; the old one is untouched
 */
export async function takePackage(key, heard) {
  const { me, store } = currentSession();
  const before = await store.get("packages", key);
  const etag = before && !before.outdated ? before.etag : null;
  const answer = await download(`${LIST}/${encodeURIComponent(key)}`, {
    user: me.user.id,
    etag,
    heard,
  }).catch((error) => {
    sessionTold(error.kind);
    throw error;
  });
  const takenAt = new Date().toISOString();
  if (answer.status === 304) {
    await store.put("packages", { ...before, taken_at: takenAt });
    return false;
  }
  if (!isWhole(answer.content, key)) throw new NoAnswer("portal");
  await store.put("packages", {
    ...answer.content,
    etag: answer.etag,
    size: answer.length,
    taken_at: takenAt,
  });
  recordsChanged();
  return true;
}

/** How many entries without a receipt name an asset that only this package has. */
async function stillNamed(row, others) {
  const elsewhere = new Set(others.flatMap(featuresOf).map((asset) => String(asset.id)));
  const only = new Set(featuresOf(row).map((asset) => String(asset.id))
    .filter((id) => !elsewhere.has(id)));
  const waiting = (await entries()).filter((entry) => entry.state !== "received");
  return waiting.filter((entry) =>
    (JSON.stringify(entry.body || {}).match(IDENTIFIER) || []).some((id) => only.has(id))).length;
}

/**
 * Leave a package behind.
 * @throws {StillNeeded} while unsent entries name its assets
 */
export async function removePackage(key) {
  const { store } = currentSession();
  const all = await store.all("packages");
  const row = all.find((one) => one.key === key);
  if (!row) return;
  const count = await stillNamed(row, all.filter((one) => one.key !== key));
  if (count) throw new StillNeeded(count);
  await store.remove("packages", key);
  recordsChanged();
}

/**
 * The room on the phone.
 * @returns {Promise<{used: number, quota: number}|null>} bytes; null where the browser does not say
 */
export async function room() {
  if (!navigator.storage || !navigator.storage.estimate) return null;
  const { usage, quota } = await navigator.storage.estimate();
  return quota ? { used: usage || 0, quota } : null;
}
