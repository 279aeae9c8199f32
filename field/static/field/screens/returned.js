/** An entry that came back: why, what it said, and the way to correct it. */

import { TASKS, UNITS, word } from "../choices.js";
import { fill, h } from "../dom.js";
import { assetLine } from "../forms/asset_line.js";
import { entries as outboxEntries, onOutbox } from "../outbox.js";
import { assetOf, onRecords, record } from "../records.js";
import { row } from "../rows.js";
import { stateLine } from "../state_line.js";
import { said, when } from "../words.js";

const SENT = ["ready", "sending", "received"];

/** Whether a correction of an entry is on its way or received. */
export function isAnswered(log, entries) {
  return entries.some(
    ({ entity, state, body }) =>
      entity === "log" && SENT.includes(state) && body.corrects === log.id,
  );
}

function draftOf(log, entries) {
  return entries.find(
    ({ entity, state, body }) =>
      entity === "log" && state === "draft" && body.draft && body.draft.corrects === log.id,
  );
}

/** The row of today's list. */
export function returnedRow(log, assetName) {
  return row({
    href: `#/returned/${log.id}`,
    title: [word(TASKS, log.task), assetName].filter(Boolean).join(" · "),
    mark: h(
      "span",
      { class: "light light-red" },
      h("span", { class: "light-shape", "aria-hidden": "true" }, "↩"),
      " ",
      gettext("Returned"),
    ),
    detail: log.reason || "",
  });
}

function facts(log) {
  const unit = word(UNITS, log.unit);
  const pairs = [
    [gettext("Task"), word(TASKS, log.task)],
    [gettext("When"), when(log.device_time)],
    [gettext("Received"), when(log.received_at)],
    [gettext("What was done"), log.note],
    [gettext("Quantity"), log.quantity === null ? "" : `${log.quantity} ${unit}`],
    [gettext("Labour-days"), log.labour_days],
    [gettext("Material"), log.material],
    [gettext("Photos"), (log.photos || []).length || ""],
  ];
  return h(
    "dl",
    { class: "facts" },
    pairs
      .filter(([, text]) => text !== null && text !== undefined && text !== "")
      .map(([name, text]) => [h("dt", {}, name), h("dd", {}, String(text))]),
  );
}

function reasonCard(log) {
  return h(
    "section",
    { class: "card warn" },
    h("p", {}, gettext("The reviewer's reason")),
    h("p", { class: "reason" }, log.reason || gettext("No reason was given.")),
  );
}

/** How the correction stands, or the way to it. */
function answer(log, entries) {
  const correction = entries.find(
    ({ entity, body }) => entity === "log" && body && body.corrects === log.id,
  );
  if (correction) return stateLine(correction);
  const draft = draftOf(log, entries);
  const address = draft ? `#/log/${draft.id}` : `#/log/new?corrects=${log.id}`;
  const words = draft ? gettext("Go on with the correction") : gettext("Correct this entry");
  return h("a", { class: "big-button", href: address }, words);
}

async function parts(id) {
  const log = (await record("log", id)) || (await record("returned", id));
  if (!log) {
    return h("p", { class: "empty" }, gettext("This entry is no longer among the returned ones."));
  }
  return [
    reasonCard(log),
    answer(log, await outboxEntries()),
    assetLine(await assetOf(log.asset)),
    facts(log),
    log.server_seq
      ? h("p", { class: "fine" }, said(gettext("Entry no. %(number)s"), { number: log.server_seq }))
      : null,
  ];
}

async function screen({ id }) {
  const node = h("div", {});
  const draw = async () => fill(node, await parts(id));
  await draw();
  // Opened from a link before its record was pulled, it is drawn again once it is here.
  const ends = [onRecords(draw), onOutbox(draw)];
  return { title: gettext("Returned entry"), node, leave: () => ends.forEach((end) => end()) };
}

/** Register the address of a returned entry. */
export function register(route) {
  route("returned/:id", screen);
}
