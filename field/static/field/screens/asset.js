/** An asset: what it is, what is due and open on it, what I wrote of it, and three large doors. */

import { DEFECT_KINDS, DEFECT_STATES, ORDER_STATES, SEVERITIES, word } from "../choices.js";
import { dayWords, light, lightOf, lightOfDay, momentWords } from "../due_light.js";
import { fill, h } from "../dom.js";
import { assetFacts } from "../forms/asset_line.js";
import { chainageText } from "../forms/values.js";
import { stateOf } from "../order_state.js";
import { entries as outboxEntries, onOutbox } from "../outbox.js";
import { assetOf, onRecords, recordsOf } from "../records.js";
import { notHere, row, section } from "../rows.js";
import { stateWords } from "../states.js";
import { inWords } from "../words.js";

const OPEN_DEFECTS = ["reported", "verified", "ordered", "repaired"];
const CHANGEABLE = ["reported", "verified"];
const OVER = ["closed", "cancelled"];
const TO_DO = ["issued", "accepted", "doing"];

function isOf(id) {
  return ({ body }) => body && (body.asset || (body.draft && body.draft.asset)) === id;
}

async function gathered(id) {
  const asset = await assetOf(id);
  if (!asset) return null;
  const own = async (name) => (await recordsOf(name)).filter((one) => one.asset === id);
  const entries = await outboxEntries();
  return {
    asset,
    standards: await recordsOf("standard"),
    due: await own("due"),
    orders: await own("order"),
    defects: (await own("defect")).filter(({ state }) => OPEN_DEFECTS.includes(state)),
    entries,
    mine: entries.filter(isOf(id)),
  };
}

/** The doors to the forms, as far as the person may use them. */
export function doors(id, me) {
  const may = (me && me.may) || {};
  const door = (allowed, address, words) =>
    allowed ? h("a", { class: "big-button", href: address }, words) : null;
  return h(
    "div",
    { class: "doors-of-asset" },
    door(may.log, `#/log/new?asset=${id}`, gettext("Write a log")),
    door(may.inspect, `#/inspection/new?asset=${id}`, gettext("Inspect")),
    door(may.report, `#/defect/new?asset=${id}`, gettext("Report a defect")),
  );
}

function dutyRow({ asset, standards }, duty) {
  const standard = standards.find(({ id }) => id === duty.standard);
  return row({
    href: `#/inspection/new?asset=${asset.id}&standard=${duty.standard}`,
    title: standard ? inWords(standard) : gettext("Inspection"),
    mark: light(lightOfDay(duty.next_due_on), dayWords(duty.next_due_on)),
  });
}

function orderRow({ entries }, order) {
  const state = stateOf(order, entries);
  return row({
    href: `#/order/${order.id}`,
    title: order.title,
    mark: TO_DO.includes(state) ? light(lightOf(order.due_at), momentWords(order.due_at)) : null,
    detail: word(ORDER_STATES, state),
  });
}

function defectRow(defect) {
  const title = word(DEFECT_KINDS, defect.kind);
  const detail = [
    word(SEVERITIES, defect.severity),
    word(DEFECT_STATES, defect.state),
    chainageText(defect.chainage_m),
    defect.description,
  ];
  const text = detail.filter(Boolean).join(" · ");
  if (CHANGEABLE.includes(defect.state)) {
    return row({ href: `#/defect/new?defect=${defect.id}`, title, detail: text });
  }
  return h("li", { class: "row-plain" }, h("strong", {}, title), " ", text);
}

function parts(found, me) {
  const { asset, due, orders, defects, mine } = found;
  const open = orders.filter((order) => !OVER.includes(stateOf(order, found.entries)));
  return [
    h("h2", { class: "asset-name" }, inWords(asset)),
    h("p", { class: "asset-facts" }, `${asset.code} · ${assetFacts(asset)}`),
    doors(asset.id, me),
    section(gettext("Work orders"), open.map((order) => orderRow(found, order))),
    section(gettext("Open defects"), defects.map(defectRow)),
    section(gettext("Inspections due"), due.map((duty) => dutyRow(found, duty))),
    section(gettext("Mine of this asset"), mine.map((entry) =>
      row({
        href: `#/${entry.entity}/${entry.id}`,
        title: entry.title,
        detail: stateWords(entry),
      }))),
  ];
}

async function screen({ id }, session) {
  const node = h("div", { class: "asset" });
  const draw = async () => {
    const found = await gathered(id);
    const none = notHere(
      gettext("This asset is not on this phone. Download the data that holds it."),
    );
    fill(node, found ? parts(found, session.me) : none);
  };
  await draw();
  const ends = [onRecords(draw), onOutbox(draw)];
  return { title: gettext("Asset"), node, leave: () => ends.forEach((end) => end()) };
}

/** Register the address of an asset. */
export function register(route) {
  route("asset/:id", screen);
}
