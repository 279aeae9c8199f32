/** Entries to the register: in batches, each answer kept before the next batch goes. */

import { NoAnswer, ask } from "./answers.js";
import { entryCompared, entryJudged, photoCompared } from "./judged.js";

const BATCH = 20;
const MOST_BYTES = 900_000;
const ASKED_AT_ONCE = 200;
const TIMEOUT_MS = 90_000;
const ON_THE_WAY = ["ready", "sending"];
const UNREAD = ["signed_out", "other_user", "csrf"];
const ASKED_ABOUT = ["sending", "attention"];

/** An entry as `sync/push` takes it. */
export function operationOf(entry) {
  return {
    op_id: entry.op_id,
    type: entry.type,
    entity: entry.entity,
    entity_id: entry.entity_id,
    base_version: entry.base_version,
    device_time: entry.device_time,
    body: entry.body,
  };
}

function inOrder(a, b) {
  return a.op_id < b.op_id ? -1 : 1;
}

function batchOf(waiting, most) {
  const batch = [];
  let bytes = 0;
  for (const entry of waiting) {
    bytes += JSON.stringify(operationOf(entry)).length * 3;
    if (batch.length && (batch.length >= most || bytes > MOST_BYTES)) break;
    batch.push(entry);
  }
  return batch;
}


/**
 * Whether an entry still waits for photos that it speaks of: a work order is submitted on photos
 * that the register has seen. One that was refused is waited for no longer: people must look.
 */
async function heldBack(store) {
  const photos = await store.all("photos");
  const coming = new Set(photos.filter(({ state }) => ON_THE_WAY.includes(state)).map(({ id }) => id));
  return (entry) => (entry.after_photos || []).some((id) => coming.has(id));
}

/** Change entries that are still as they were asked about; a draft made anew is let be. */
async function change(store, ids, changed, states = ON_THE_WAY) {
  await store.within(["entries"], "readwrite", async (tx) => {
    for (const id of ids) {
      const entry = await tx.get("entries", id);
      const next = entry && states.includes(entry.state) ? changed(entry) : entry;
      if (next !== entry) {
        await tx.put("entries", { ...next, changed_at: new Date().toISOString() });
      }
    }
  });
}

function pushed(context, batch) {
  return ask("POST", "/api/v1/sync/push", {
    user: context.user,
    timeout: TIMEOUT_MS,
    json: {
      device_id: context.deviceId,
      user: context.user,
      sent_at: new Date().toISOString(),
      ops: batch.map(operationOf),
    },
  });
}

/** The answer to a push; where it says that nothing was read, the entries just wait again. */
async function answerOf(context, batch) {
  try {
    return await pushed(context, batch);
  } catch (error) {
    if (UNREAD.includes(error.kind)) {
      const ids = batch.map((entry) => entry.id);
      await change(context.store, ids, (entry) => ({ ...entry, state: "ready" }));
    }
    throw error;
  }
}

async function sent(context, batch) {
  const ids = batch.map((entry) => entry.id);
  await change(context.store, ids, (entry) => ({ ...entry, state: "sending" }));
  context.changed();
  const { json } = await answerOf(context, batch);
  if (!json || !Array.isArray(json.results)) throw new NoAnswer("portal");
  const results = new Map(json.results.map((result) => [result.op_id, result]));
  await change(context.store, ids, (entry) => entryJudged(entry, results.get(entry.op_id)));
  context.changed();
  return batch.every((entry) => results.has(entry.op_id));
}

/** A batch that cannot be read as a whole goes one by one, so that one entry blocks no other. */
async function oneByOne(context, batch, error) {
  if (batch.length > 1) {
    for (const entry of batch) await batchSent(context, [entry]);
    return true;
  }
  const problem = error.problem || {};
  const result = {
    status: "rejected",
    code: problem.code || `http_${error.status}`,
    message: problem.detail || problem.title || "",
    errors: problem.errors || [],
  };
  await change(context.store, [batch[0].id], (entry) => entryJudged(entry, result));
  context.changed();
  return true;
}

async function batchSent(context, batch) {
  try {
    return await sent(context, batch);
  } catch (error) {
    const alone = error instanceof NoAnswer && [400, 413, 422].includes(error.status);
    if (alone) return oneByOne(context, batch, error);
    throw error;
  }
}

/**
 * Send all that waits, in the order in which it was entered, except what goes after its photos.
 * @param {{store: Object, user: number, deviceId: string, changed: function(): void,
 *   limits: Object, isNewer: function(): boolean}} context
 */
export async function entriesSent(context) {
  const most = Math.min(BATCH, context.limits.ops_in_a_push || BATCH);
  for (;;) {
    const all = await context.store.all("entries");
    const isHeld = await heldBack(context.store);
    const waiting = all
      .filter((entry) => ON_THE_WAY.includes(entry.state) && !isHeld(entry))
      .sort(inOrder);
    if (!waiting.length) return;
    const complete = await batchSent(context, batchOf(waiting, most));
    if (!complete) throw new NoAnswer("server");
  }
}

async function receiptsOf(context, entries, photos) {
  const { json } = await ask("POST", "/api/v1/sync/receipts", {
    user: context.user,
    json: {
      entries: entries.map(({ entity, entity_id }) => ({ entity, id: entity_id })),
      photos: photos.map(({ id }) => id),
      ops: entries.map(({ op_id }) => op_id),
    },
  });
  if (!json || !Array.isArray(json.entries)) throw new NoAnswer("portal");
  return json;
}

function byKey(rows, key) {
  return new Map((rows || []).map((row) => [String(row[key]), row]));
}

async function compared(context, entries, photos) {
  const held = await receiptsOf(context, entries, photos);
  const receipts = byKey(held.entries, "id");
  const ops = byKey(held.ops, "op_id");
  const aside = byKey(held.set_aside, "op_id");
  const pictures = byKey(held.photos, "id");
  const heldOf = (entry) => ({
    receipt: receipts.get(entry.entity_id),
    op: ops.get(entry.op_id),
    aside: aside.get(entry.op_id),
  });
  const ids = entries.map(({ id }) => id);
  await change(context.store, ids, (entry) => entryCompared(entry, heldOf(entry)), ASKED_ABOUT);
  await context.store.within(["photos"], "readwrite", async (tx) => {
    for (const { id } of photos) {
      const photo = await tx.get("photos", id);
      if (photo && photo.state === "sending") {
        await tx.put("photos", photoCompared(photo, pictures.get(id)));
      }
    }
  });
}

/**
 * Ask about what was on its way when the page or the network went, and about what the register
 * had set aside: the office may have decided meanwhile.
 * @param {Object} context see `entriesSent`
 */
export async function sendingCompared(context) {
  const all = await context.store.all("entries");
  const entries = all.filter((entry) => ASKED_ABOUT.includes(entry.state));
  const photos = (await context.store.all("photos")).filter((row) => row.state === "sending");
  const rounds = Math.max(entries.length, photos.length);
  for (let from = 0; from < rounds; from += ASKED_AT_ONCE) {
    const to = from + ASKED_AT_ONCE;
    await compared(context, entries.slice(from, to), photos.slice(from, to));
  }
  if (rounds) context.changed();
}
