/** What the register's answers make of entries and photos; the only place that says "received". */

const TAKEN = ["stored", "duplicate"];
const REFUSED = ["conflict", "rejected", "unpermitted"];

function now() {
  return new Date().toISOString();
}

/** The problem of an entry, as the register told it. */
function problemOf(result) {
  return {
    status: result.status,
    code: result.code || "",
    message: result.message || "",
    errors: result.errors || [],
    current: result.current || null,
    set_aside: result.set_aside || null,
    at: now(),
  };
}

function isReceiptOf(receipt, entry) {
  return Boolean(receipt) && String(receipt.id) === entry.entity_id && Boolean(receipt.received_at);
}

/**
 * An entry after its answer; an answer that is none leaves it waiting.
 * @param {Object} entry
 * @param {Object|undefined} result one of push's results, for this `op_id`
 */
export function entryJudged(entry, result) {
  if (result && TAKEN.includes(result.status) && isReceiptOf(result.receipt, entry)) {
    return { ...entry, state: "received", receipt: result.receipt, problem: null };
  }
  if (result && REFUSED.includes(result.status)) {
    return { ...entry, state: "attention", problem: problemOf(result) };
  }
  return { ...entry, state: "ready" };
}

function asideJudged(entry, aside) {
  const before = entry.problem || {};
  const result = {
    ...before,
    status: before.status || (aside.cause === "clash" ? "conflict" : "rejected"),
    code: aside.code || before.code,
    message: aside.reason || before.message,
    set_aside: aside,
  };
  return { ...entry, state: "attention", problem: problemOf(result) };
}

/**
 * An entry after the register was asked what it holds of it.
 * @param {Object} entry one that was on its way, or that the register had set aside
 * @param {{receipt: Object|undefined, op: Object|undefined, aside: Object|undefined}} held
 */
export function entryCompared(entry, { receipt, op, aside }) {
  if (aside && aside.state !== "taken") return asideJudged(entry, aside);
  const stored = op && op.status === "stored" ? { ...op, id: String(op.entity_id) } : null;
  const found = (entry.type === "create" && receipt) || stored;
  if (isReceiptOf(found, entry)) {
    return { ...entry, state: "received", receipt: found, problem: null };
  }
  return entry.state === "sending" ? { ...entry, state: "ready" } : entry;
}

/** A photo after the register named what it holds: received only when the hash is ours. */
export function photoCompared(photo, held) {
  if (held && held.sha256 === photo.sha256 && held.received_at) {
    const receipt = { sha256: held.sha256, received_at: held.received_at };
    return { ...photo, state: "received", offset: photo.size, receipt, problem: null };
  }
  if (held && held.sha256 && held.sha256 !== photo.sha256) {
    return photoRefused(photo, { code: "hash_differs" });
  }
  return { ...photo, state: "ready" };
}

/** A photo that the register refused; the others go on. */
export function photoRefused(photo, problem) {
  const told = problem || {};
  return {
    ...photo,
    state: "attention",
    problem: {
      code: told.code || "refused",
      message: told.detail || told.title || "",
      errors: told.errors || [],
      at: now(),
    },
  };
}
