/** A work order: what is asked, until when, what waits on this phone, and the next step. */

import { ORDER_KINDS, ORDER_STATES, PRIORITIES, UNITS, word } from "../choices.js";
import { light, lightOf, momentWords } from "../due_light.js";
import { fill, h } from "../dom.js";
import { assetLine } from "../forms/asset_line.js";
import { amountProblem, chainageText, plain, readNumber, textProblem } from "../forms/values.js";
import { missingFor, movesFor, movesOnTop, stateOf } from "../order_state.js";
import { entries as outboxEntries, newEntry, onOutbox, submit } from "../outbox.js";
import { assetOf, onRecords, record, recordsOf } from "../records.js";
import { notHere, row, section } from "../rows.js";
import { stateLine } from "../state_line.js";
import { stateWords } from "../states.js";
import { said, when } from "../words.js";

const LONGEST_REASON = 2000;
const OPEN = ["issued", "accepted", "doing"];
const BIG = { digits: 12, places: 2 };

const MOVE_WORDS = {
  accepted: () => gettext("Accept the order"),
  doing: () => gettext("Start the work"),
  submitted: () => gettext("Submit for inspection"),
  inspected: () => gettext("Inspected, in order"),
  confirmed: () => gettext("Confirm"),
};
const MISSING_WORDS = {
  log: () => gettext("A log of the work is missing."),
  photo_before: () => gettext("A photo from before the work is missing."),
  photo_after: () => gettext("A photo from after the work is missing."),
};

async function gathered(id, session) {
  const order = await record("order", id);
  if (!order) return null;
  const entries = await outboxEntries();
  const logs = await recordsOf("log");
  return {
    order,
    entries,
    logs,
    asset: (await assetOf(order.asset)) || null,
    state: stateOf(order, entries),
    waiting: movesOnTop(order, entries),
    me: session.me,
  };
}

function facts({ order, asset, state }) {
  const stretch =
    order.start_m === null || order.start_m === undefined
      ? ""
      : `${chainageText(order.start_m)}–${chainageText(order.end_m)}`;
  const pairs = [
    [gettext("State"), word(ORDER_STATES, state)],
    [gettext("Due"), when(order.due_at)],
    [gettext("Kind"), `${word(ORDER_KINDS, order.kind)} · ${word(PRIORITIES, order.priority)}`],
    [gettext("Stretch"), stretch],
    [gettext("What is asked"), order.description],
    [gettext("Executor"), order.executor_name],
    [gettext("Inspector"), order.inspector_name],
    [gettext("Number"), order.number],
    [gettext("Times sent back"), order.rework_count || ""],
  ];
  return [
    asset ? assetLine(asset) : h("p", { class: "asset-line" }, order.asset_name || ""),
    h(
      "dl",
      { class: "facts" },
      pairs
        .filter(([, text]) => text !== null && text !== undefined && text !== "")
        .map(([name, text]) => [h("dt", {}, name), h("dd", {}, String(text))]),
    ),
  ];
}

function waitingLines({ waiting, entries, order }) {
  const stuck = entries.filter(
    ({ entity, entity_id: of, state }) => entity === "order" && of === order.id && state === "attention",
  );
  return waiting.concat(stuck).map((entry) =>
    h("div", {}, h("p", { class: "fine" }, entry.title), stateLine(entry)));
}

/* A panel that asks for what a move needs, then hands the move to the outbox. */
function movePanel(found, move, inputs, missing) {
  const told = h("p", { class: "field-problem", role: "alert", hidden: true });
  const say = (message) => {
    told.textContent = message;
    told.hidden = !message;
    return Boolean(message);
  };
  let warned = missing.length === 0;
  const words = move.back ? gettext("Send back") : MOVE_WORDS[move.to]();
  const look = move.back ? "button" : "big-button";
  const button = h("button", { type: "button", class: look, "data-move": move.to }, words);
  button.addEventListener("click", async () => {
    const given = inputs.map((input) => input.read());
    if (say(given.map(({ problem }) => problem).find(Boolean) || "")) return;
    if (!warned) {
      warned = true;
      say(missing.map((code) => MISSING_WORDS[code]()).join(" "));
      fill(button, gettext("Submit all the same"));
      return;
    }
    button.disabled = true;
    try {
      await moved(found, move, words, Object.assign({}, ...given.map(({ body }) => body)));
    } catch (error) {
      button.disabled = false;
      say(gettext("The phone could not keep this. Nothing was sent; try again."));
    }
  });
  return h("div", { class: "move" }, inputs.map(({ node }) => node), told, button);
}

async function moved({ order, waiting, entries }, move, words, body) {
  const entry = newEntry({
    entity: "order",
    type: "move",
    entityId: order.id,
    // A second move on top of one that is still on its way is judged by the state it finds.
    baseVersion: waiting.length ? undefined : order.version,
    title: `${words} · ${order.title}`,
    body: { to_state: move.to, reason: "", ...body },
  });
  if (move.to === "submitted") entry.after_photos = photosFor(order, entries);
  await submit(entry, []);
}

/* The order is submitted on the photos of its logs, so they go before it. */
function photosFor(order, entries) {
  const logs = entries.filter(
    ({ entity, state, body }) =>
      entity === "log" && state !== "draft" && body && body.order === order.id,
  );
  return [].concat(...logs.map(({ photo_ids: ids }) => ids));
}

function reasonInput() {
  const control = h("textarea", { class: "control", rows: 2, id: "field-reason" });
  const node = h(
    "div",
    { class: "field" },
    h("label", { for: "field-reason" }, gettext("Why it goes back")),
    control,
  );
  const read = () => {
    const reason = control.value.trim();
    const problem = reason ? textProblem(reason, LONGEST_REASON) : gettext("Give the reason.");
    return { problem, body: { reason } };
  };
  return { node, read };
}

function quantitiesInput(order) {
  const planned = (order.quantities || []).filter((one) => one.planned !== null);
  const controls = planned.map((one) => {
    const given = one.done === null || one.done === undefined ? "" : String(one.done);
    const id = `field-done-${one.position}`;
    const control = h("input", { class: "control", id, inputmode: "decimal", value: given });
    const asked = { item: one.item, planned: one.planned, unit: word(UNITS, one.unit) };
    const words = said(gettext("%(item)s: planned %(planned)s %(unit)s, done"), asked);
    return { one, control, node: h("div", { class: "field" }, h("label", { for: id }, words), control) };
  });
  const problemOf = ({ one, control }) => {
    if (plain(control.value)) return amountProblem(control.value, BIG);
    return said(gettext("How much of “%(item)s” was done is missing."), { item: one.item });
  };
  const read = () => ({
    problem: controls.map(problemOf).find(Boolean) || "",
    body: {
      done: controls.map(({ one, control }) => ({
        position: one.position,
        done: readNumber(control.value),
      })),
    },
  });
  return { node: controls.map(({ node }) => node), read };
}

function steps(found) {
  const { order, state, me, logs, entries } = found;
  return movesFor(order, state, me).map((move) => {
    if (move.back) return movePanel(found, move, [reasonInput()], []);
    if (move.to !== "submitted") return movePanel(found, move, [], []);
    const hasQuantities = (order.quantities || []).some(({ planned }) => planned !== null);
    const inputs = hasQuantities ? [quantitiesInput(order)] : [];
    return movePanel(found, move, inputs, missingFor(order, logs, entries));
  });
}

function logButton({ order, state, me }) {
  const own = movesFor(order, state, me).some(({ side }) => side === "executor");
  if (!own || state === "issued" || !OPEN.includes(state)) return null;
  const address = `#/log/new?order=${order.id}`;
  return h("a", { class: "big-button", href: address }, gettext("Write a log of the work"));
}

function written({ order, logs, entries }) {
  const mine = entries.filter(({ entity, body }) =>
    entity === "log" && body && (body.order || (body.draft && body.draft.order)) === order.id);
  const known = new Set(mine.map(({ entity_id }) => entity_id));
  const others = logs.filter((log) => log.order === order.id && !known.has(log.id));
  return section(gettext("Logs of this order"), [
    ...mine.map((entry) =>
      row({ href: `#/log/${entry.id}`, title: entry.title, detail: stateWords(entry) })),
    ...others.map((log) =>
      h("li", { class: "row-plain" }, `${when(log.device_time)} · ${log.note || ""}`)),
  ]);
}

function parts(found) {
  const { order, state } = found;
  return [
    h("h2", { class: "order-title" }, order.title),
    OPEN.includes(state) ? light(lightOf(order.due_at), momentWords(order.due_at)) : null,
    waitingLines(found),
    logButton(found),
    steps(found),
    facts(found),
    written(found),
  ];
}

async function screen({ id }, session) {
  const node = h("div", { class: "order" });
  const draw = async () => {
    const found = await gathered(id, session);
    const none = notHere(gettext("This work order is not on this phone."));
    fill(node, found ? parts(found) : none);
  };
  await draw();
  const ends = [onRecords(draw), onOutbox(draw)];
  return { title: gettext("Work order"), node, leave: () => ends.forEach((end) => end()) };
}

/** Register the address of a work order. */
export function register(route) {
  route("order/:id", screen);
}
