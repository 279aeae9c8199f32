/**
 * A work order as it stands for the one who holds the phone: what was pulled, what waits in the
 * outbox on top of it, which move comes next and what the register will still miss.
 */

const GONE = ["draft", "attention"];
const REPAIRS = ["minor_repair", "emergency", "engineering"];
/** Each move: from, to, who makes it; `back` ones send the work back with a reason. */
export const MOVES = [
  { from: "issued", to: "accepted", side: "executor" },
  { from: "accepted", to: "doing", side: "executor" },
  { from: "doing", to: "submitted", side: "executor" },
  { from: "submitted", to: "inspected", side: "inspector" },
  { from: "submitted", to: "doing", side: "inspector", back: true },
  { from: "inspected", to: "confirmed", side: "confirmer" },
  { from: "inspected", to: "doing", side: "confirmer", back: true },
];

/* A move that the register has told us it holds, but whose order we have not seen since. */
function isUnseen(entry, order) {
  if (entry.state !== "received") return !GONE.includes(entry.state);
  const at = entry.receipt && entry.receipt.received_at;
  return Boolean(at) && Date.parse(order.updated_at) < Date.parse(at);
}

/** My moves of an order that the pulled order does not show yet, the oldest first. */
export function movesOnTop(order, entries) {
  return entries
    .filter(({ entity, type, entity_id }) =>
      entity === "order" && type === "move" && entity_id === order.id)
    .filter((entry) => isUnseen(entry, order))
    .sort((a, b) => (a.op_id < b.op_id ? -1 : 1));
}

/** The state of an order with my own moves on top. */
export function stateOf(order, entries) {
  const moves = movesOnTop(order, entries);
  return moves.length ? moves[moves.length - 1].body.to_state : order.state;
}

/** Whether one of my bodies holds a side of an order. */
export function holds(order, side, me) {
  const own = ((me && me.organisations) || []).map(({ id }) => id);
  return own.includes(order[side]);
}

/** The moves that I may make from a state. */
export function movesFor(order, state, me) {
  return MOVES.filter(({ from, side }) => from === state && holds(order, side, me));
}

/** Logs of an order that stand: pulled ones and mine on the way, as `{stages, quantity, unit}`. */
function logsOf(order, logs, entries) {
  const pulled = logs.filter(
    ({ order: of, standing }) => of === order.id && standing !== "returned" && standing !== "corrected",
  );
  const known = new Set(pulled.map(({ id }) => id));
  const mine = entries.filter(
    ({ entity, entity_id, state, body }) =>
      entity === "log" && !GONE.includes(state) && body.order === order.id && !known.has(entity_id),
  );
  return pulled.concat(mine.map(({ body }) => body));
}

/** What the register will miss when the order is submitted: codes, as far as the phone knows. */
export function missingFor(order, logs, entries) {
  const found = logsOf(order, logs, entries);
  const stages = new Set([].concat(...found.map(({ photos }) =>
    (photos || []).map(({ stage }) => stage))));
  const missing = [];
  if (!found.length) missing.push("log");
  if (REPAIRS.includes(order.kind)) {
    if (!stages.has("before")) missing.push("photo_before");
    if (!stages.has("after")) missing.push("photo_after");
  }
  return missing;
}
