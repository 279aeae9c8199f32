/** The log entry: what was done, where, how much, with photos from before, during and after. */

import { STAGES, TASKS, UNITS, word } from "../choices.js";
import { h } from "../dom.js";
import { assetLine } from "../forms/asset_line.js";
import { registerEntry } from "../forms/entry_screens.js";
import {
  chainageField,
  momentField,
  pickField,
  rowOf,
  selectField,
  textField,
} from "../forms/fields.js";
import * as form from "../forms/log_values.js";
import { photosField } from "../forms/photo_field.js";
import { positionField, positionWords } from "../forms/position_field.js";
import { chainageAt } from "../map/geometry.js";
import { assetOf, record } from "../records.js";
import { inWords, when } from "../words.js";

const REPAIRS = ["minor_repair", "emergency", "engineering"];

/** The entry that a returned one becomes: its old values, its own time and place, no photos. */
export function correctionOf(log) {
  return { ...form.fromBody(log), corrects: log.id };
}

function taskFor(asset, order) {
  if (order && REPAIRS.includes(order.kind)) return "minor_repair";
  const tasks = [].concat(...((asset && asset.agreements) || []).map(({ tasks: own }) => own || []));
  return tasks.includes("routine") || !tasks.length ? "routine" : tasks[0];
}

async function begin(params) {
  if (params.corrects) {
    const log = (await record("log", params.corrects)) || (await record("returned", params.corrects));
    if (log) return { values: correctionOf(log) };
  }
  const order = params.order ? await record("order", params.order) : null;
  const asset = await assetOf(params.asset || (order && order.asset));
  return { values: form.blank({ asset, order, task: taskFor(asset, order) }) };
}

async function contextOf(values, entry, session) {
  const old = values.corrects
    ? (await record("log", values.corrects)) || (await record("returned", values.corrects))
    : null;
  return {
    asset: values.asset ? await assetOf(values.asset) : null,
    order: values.order ? await record("order", values.order) : null,
    old: old || null,
    deviceId: session.deviceId,
  };
}

function titleOf(values, { asset }) {
  return [word(TASKS, values.task), asset && inWords(asset)].filter(Boolean).join(" · ");
}

function aboutOld(old) {
  if (!old) return null;
  return h(
    "section",
    { class: "card warn" },
    h("p", {}, gettext("This corrects the entry that was returned:")),
    h("p", { class: "reason" }, old.reason || gettext("No reason was given.")),
    h("p", { class: "fine" }, gettext("Photos of the old entry stay with it. Add new ones here.")),
  );
}

function aboutOrder(order) {
  if (!order) return null;
  return h(
    "a",
    { class: "asset-line", href: `#/order/${order.id}` },
    h("strong", {}, order.title),
    h("span", { class: "asset-facts" }, gettext("Work order")),
  );
}

function amount(editor) {
  return h(
    "div",
    { class: "pair" },
    textField(editor, "quantity", { label: gettext("Quantity"), mode: "decimal" }),
    selectField(editor, "unit", { label: gettext("Unit"), choices: UNITS(), empty: "—" }),
  );
}

function fields(editor, session) {
  const { asset, order, old } = editor.context;
  const limits = (session.me && session.me.limits) || {};
  return [
    aboutOld(old),
    rowOf(editor, "asset", { label: gettext("Asset"), group: true }, assetLine(asset)),
    aboutOrder(order),
    pickField(editor, "task", { label: gettext("Task"), choices: TASKS() }),
    photosField(editor, {
      label: gettext("Photos"),
      stages: STAGES(),
      mostBytes: limits.photo_max_bytes,
    }),
    textField(editor, "note", { label: gettext("What was done"), rows: 3 }),
    amount(editor),
    textField(editor, "labour_days", {
      label: gettext("Labour-days"),
      help: gettext("Two people for half a day are 1."),
      mode: "decimal",
    }),
    textField(editor, "material", { label: gettext("Material"), most: form.LONGEST_MATERIAL }),
    positionField(editor, { asset, alone: Boolean(old) }),
    chainageField(editor, "chainage", {
      asset,
      fromPosition: () => chainageAt(asset, editor.values.position),
    }),
    momentField(editor, "device_time", { label: gettext("When") }),
  ];
}

function summary(values, { asset, order }) {
  const unit = values.quantity === "" ? "" : word(UNITS, values.unit);
  return [
    [gettext("Asset"), asset && inWords(asset)],
    [gettext("Work order"), order && order.title],
    [gettext("Task"), word(TASKS, values.task)],
    [gettext("When"), when(values.device_time)],
    [gettext("What was done"), values.note],
    [gettext("Quantity"), [values.quantity, unit].filter(Boolean).join(" ")],
    [gettext("Labour-days"), values.labour_days],
    [gettext("Material"), values.material],
    [gettext("Chainage"), values.chainage],
    [gettext("Position"), positionWords(asset, values.position)],
  ];
}

function next(values, { asset, order }) {
  const query = order ? `order=${order.id}` : `asset=${values.asset}`;
  return [
    order
      ? h("a", { class: "big-button", href: `#/order/${order.id}` }, gettext("Back to the work order"))
      : null,
    asset || order
      ? h("a", { class: "button", href: `#/log/new?${query}` }, gettext("One more entry here"))
      : null,
  ];
}

/** Register the log entry's addresses. */
export function register(route) {
  const heading = () => gettext("Log entry");
  const screen = { begin, contextOf, titleOf, fields, summary, next };
  registerEntry(route, { entity: "log", heading, ...form, ...screen });
}
