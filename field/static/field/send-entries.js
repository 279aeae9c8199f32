/** Entries to the register: in batches, each answer kept before the next batch goes. */

import { NoAnswer, ask, isAboutContent } from "./answers.js";
import { entryCompared, entryJudged, photoCompared } from "./judged.js";
import { StorageFull } from "./store.js";

const BATCH = 20;
const LARGEST_PUSH = 1024 * 1024;
/** Room for what surrounds the operations of a push. */
const ENVELOPE = 1024;
const MOST_HALVINGS = 4;
const ASKED_AT_ONCE = 200;
const TIMEOUT_MS = 90_000;
const ON_THE_WAY = ["ready", "sending"];
const COMING = [...ON_THE_WAY, "received"];
const UNREAD = ["signed_out", "other_user", "csrf"];
const ASKED_ABOUT = ["sending", "attention"];
const CODE_OF_STATUS = { 413: "too_large" };
/** Records of which an entry got no judgement; kept while the page is open. */
const troubled = new Set();

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

function bytesOf(entry) {
  return new TextEncoder().encode(JSON.stringify(operationOf(entry))).length + 1;
}

/** The most bytes of operations that the register takes at once. */
function mostBytes(context) {
  return (context.limits.push_max_bytes || LARGEST_PUSH) - ENVELOPE;
}

/** The first of what waits, as much as goes at once: less after each failure, on a bad link. */
function batchOf(context, waiting) {
  const least = 2 ** Math.min(context.failures, MOST_HALVINGS);
  const most = Math.ceil(Math.min(BATCH, context.limits.ops_in_a_push || BATCH) / least);
  const bytes = mostBytes(context) / least;
  const batch = [];
  let used = 0;
  for (const entry of waiting) {
    used += bytesOf(entry);
    if (batch.length && (batch.length >= most || used > bytes)) break;
    batch.push(entry);
  }
  return batch;
}

/**
 * Whether an entry still waits for photos that it speaks of: a work order is submitted on photos
 * that the register has seen. One that does not come, because it or its entry was refused, is
 * waited for no longer: people must look.
 */
async function heldBack(store) {
  const { entries, photos } = await store.within(["entries", "photos"], "readonly", async (tx) => ({
    entries: await tx.all("entries"),
    photos: await tx.all("photos"),
  }));
  const going = new Set(entries.filter(({ state }) => COMING.includes(state)).map(({ id }) => id));
  const coming = photos.filter((photo) => ON_THE_WAY.includes(photo.state) && going.has(photo.entry));
  const awaited = new Set(coming.map(({ id }) => id));
  return (entry) => (entry.after_photos || []).some((id) => awaited.has(id));
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
      await noted(context, batch, (entry) => ({ ...entry, state: "ready" }));
    }
    throw error;
  }
}

/** Write down what became of entries; a full phone that cannot must still be able to send. */
async function noted(context, batch, changed) {
  try {
    await change(context.store, batch.map(({ id }) => id), changed);
  } catch (error) {
    if (!(error instanceof StorageFull)) throw error;
    context.troubled(error);
  }
  context.changed();
}

function isWaiting({ state }) {
  return ON_THE_WAY.includes(state);
}

async function sent(context, batch) {
  await noted(context, batch, (entry) => ({ ...entry, state: "sending" }));
  const { json } = await answerOf(context, batch);
  if (!json || !Array.isArray(json.results)) throw new NoAnswer("portal");
  const results = new Map(json.results.map((result) => [result.op_id, result]));
  const judged = (entry) => entryJudged(entry, results.get(entry.op_id));
  await noted(context, batch, judged);
  batch.forEach((entry) => {
    const { state } = judged(entry);
    if (state === "received") context.received.add(entry.id);
    if (isWaiting({ state })) stood(context, entry, new NoAnswer("server"));
    else troubled.delete(entry.entity_id);
  });
}

/** An entry that got no judgement waits behind the others, with what follows on the same record. */
function stood(context, entry, error) {
  troubled.add(entry.entity_id);
  context.troubled(error);
}

function refusal(error) {
  const problem = error.problem || {};
  return {
    status: "rejected",
    code: problem.code || CODE_OF_STATUS[error.status] || `http_${error.status}`,
    message: problem.detail || problem.title || "",
    errors: problem.errors || [],
  };
}

/** Whether the register, and no gateway, refused what was sent; a size is refused by both. */
function isRefused(error) {
  return error.status === 413 || (error.kind === "refused" && [400, 422].includes(error.status));
}

async function oneByOne(context, batch) {
  const gone = new Set();
  for (const entry of batch) {
    if (!(gone.has(entry.entity_id) && troubled.has(entry.entity_id))) {
      await batchSent(context, [entry]);
    }
    gone.add(entry.entity_id);
  }
}

/** A batch that is not taken as a whole goes one by one, so that one entry blocks no other. */
async function batchSent(context, batch) {
  try {
    await sent(context, batch);
  } catch (error) {
    if (!isAboutContent(error)) throw error;
    if (batch.length > 1) await oneByOne(context, batch);
    else if (!isRefused(error)) stood(context, batch[0], error);
    else await noted(context, batch, (entry) => entryJudged(entry, refusal(error)));
  }
}

/** What is larger than the register takes at once is not sent: people must look. */
async function tooLarge(context, waiting) {
  const most = mostBytes(context);
  const large = waiting.filter((entry) => bytesOf(entry) > most);
  const told = { status: "rejected", code: CODE_OF_STATUS[413] };
  if (large.length) await noted(context, large, (entry) => entryJudged(entry, told));
  return large;
}

function inTurn(a, b) {
  return troubled.has(a.entity_id) - troubled.has(b.entity_id) || inOrder(a, b);
}

/**
 * Send all that waits, in the order in which it was entered, except what goes after its photos.
 * @param {{store: Object, user: number, deviceId: string, changed: function(): void,
 *   limits: Object, failures: number, received: Set<string>, troubled: function(Error): void,
 *   isNewer: function(): boolean}} context `failures` counts those of the runs before, `received`
 *   takes the entries that were, `troubled` is told what stood in the way of one of them
 */
export async function entriesSent(context) {
  const tried = new Set();
  const gone = new Set();
  const isStuck = ({ entity_id: id }) => gone.has(id) && troubled.has(id);
  for (;;) {
    const isHeld = await heldBack(context.store);
    const waiting = (await context.store.all("entries"))
      .filter((entry) => isWaiting(entry) && !tried.has(entry.op_id))
      .filter((entry) => !isStuck(entry) && !isHeld(entry))
      .sort(inTurn);
    if (!waiting.length) return;
    const large = await tooLarge(context, waiting);
    const rest = waiting.filter((entry) => !large.includes(entry));
    const batch = batchOf(context, rest);
    [...large, ...batch].forEach(({ op_id: op }) => tried.add(op));
    if (batch.length) await batchSent(context, batch);
    batch.forEach(({ entity_id: id }) => gone.add(id));
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

/** What the register holds of these; nothing where it cannot read the question: they go again. */
async function heldOf(context, entries, photos) {
  try {
    return await receiptsOf(context, entries, photos);
  } catch (error) {
    if (!isAboutContent(error)) throw error;
    context.troubled(error);
    return {};
  }
}

async function compared(context, entries, photos) {
  const held = await heldOf(context, entries, photos);
  const receipts = byKey(held.entries, "id");
  const ops = byKey(held.ops, "op_id");
  const aside = byKey(held.set_aside, "op_id");
  const pictures = byKey(held.photos, "id");
  const answerTo = (entry) => ({
    receipt: receipts.get(entry.entity_id),
    op: ops.get(entry.op_id),
    aside: aside.get(entry.op_id),
  });
  const ids = entries.map(({ id }) => id);
  await change(context.store, ids, (entry) => entryCompared(entry, answerTo(entry)), ASKED_ABOUT);
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
