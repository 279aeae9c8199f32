/** What is due for me now: returned entries, work orders, patrols, duties, and open drafts. */

import { ORDER_STATES, TASKS, word } from "../choices.js";
import { dayWords, daysTo, light, lightOf, lightOfDay, momentWords, SOON_HOURS } from "../due_light.js";
import { fill, h } from "../dom.js";
import { holds, stateOf } from "../order_state.js";
import { entries as outboxEntries, onOutbox } from "../outbox.js";
import { onRecords, recordsOf } from "../records.js";
import { notHere, row, section } from "../rows.js";
import { stateWords } from "../states.js";
import { dayOf, inWords, said } from "../words.js";
import { isAnswered, returnedRow } from "./returned.js";

const TO_DO = ["issued", "accepted", "doing"];
const WITHIN_DAYS = 7;
const SENT = ["ready", "sending", "received"];

async function gathered(session) {
  const names = ["asset", "order", "patrol_plan", "due", "standard", "log"];
  const lists = await Promise.all(names.map((name) => recordsOf(name)));
  const found = { me: session.me, entries: await outboxEntries() };
  names.forEach((name, place) => {
    found[name] = lists[place];
  });
  found.assets = new Map(found.asset.map((asset) => [asset.id, asset]));
  found.standards = new Map(found.standard.map((standard) => [standard.id, standard]));
  return found;
}

function nameOf(found, id) {
  const asset = found.assets.get(id);
  return asset ? inWords(asset) : "";
}

/** My orders on which I have something to do, the nearest limit first. */
export function ordersToDo({ order: orders, entries, me }) {
  return orders
    .map((order) => ({ order, state: stateOf(order, entries) }))
    .filter(({ order, state }) => TO_DO.includes(state) && holds(order, "executor", me))
    .sort((a, b) => (a.order.due_at < b.order.due_at ? -1 : 1));
}

/** Orders whose check is mine. */
export function ordersToCheck({ order: orders, entries, me }) {
  const side = { submitted: "inspector", inspected: "confirmer" };
  return orders
    .map((order) => ({ order, state: stateOf(order, entries) }))
    .filter(({ order, state }) => side[state] && holds(order, side[state], me));
}

function orderRow(found, { order, state }) {
  return row({
    href: `#/order/${order.id}`,
    title: order.title,
    mark: light(lightOf(order.due_at), momentWords(order.due_at)),
    detail: [word(ORDER_STATES, state), nameOf(found, order.asset) || order.asset_name]
      .filter(Boolean)
      .join(" · "),
  });
}

/* Whether what was due on a day is on its way, or was done so lately that the list is older. */
function isDone(found, kind, fits, due) {
  return found.entries
    .filter(({ entity, state, body }) => entity === kind && SENT.includes(state) && fits(body))
    .some(({ state, device_time: at }) =>
      state !== "received" || dayOf(at) >= due || dayOf(at) === dayOf());
}

/** Plans that are due within a week and whose patrol is not on its way yet. */
export function plansDue(found) {
  return found.patrol_plan
    .filter((plan) => plan.next_due_on && daysTo(plan.next_due_on) <= WITHIN_DAYS)
    .filter((plan) => !plan.organisation || holds(plan, "organisation", found.me))
    .filter((plan) => !isDone(found, "patrol", (body) => body.plan === plan.id, plan.next_due_on))
    .sort((a, b) => (a.next_due_on < b.next_due_on ? -1 : 1));
}

function planRow(found, plan) {
  const draft = found.entries.find(
    ({ entity, state, body }) =>
      entity === "patrol" && state === "draft" && body.draft && body.draft.plan === plan.id,
  );
  const count = (plan.stops || []).length;
  const stops = interpolate(ngettext("%(count)s stop", "%(count)s stops", count), { count }, true);
  return row({
    href: draft ? `#/patrol/${draft.id}` : `#/patrol/new?plan=${plan.id}`,
    title: plan.name,
    mark: light(lightOfDay(plan.next_due_on), dayWords(plan.next_due_on)),
    detail: draft ? `${stops} · ${gettext("begun")}` : stops,
  });
}

/** Duties that are due within a week and whose inspection is not on its way yet. */
export function dutiesDue(found) {
  const same = (duty) => (body) => body.asset === duty.asset && body.standard === duty.standard;
  return found.due
    .filter((duty) => daysTo(duty.next_due_on) <= WITHIN_DAYS && found.assets.has(duty.asset))
    .filter((duty) => !isDone(found, "inspection", same(duty), duty.next_due_on))
    .sort((a, b) => (a.next_due_on < b.next_due_on ? -1 : 1));
}

function dutyRow(found, duty) {
  const standard = found.standards.get(duty.standard);
  return row({
    href: `#/inspection/new?asset=${duty.asset}&standard=${duty.standard}`,
    title: nameOf(found, duty.asset),
    mark: light(lightOfDay(duty.next_due_on), dayWords(duty.next_due_on)),
    detail: standard ? `${inWords(standard)} · ${word(TASKS, standard.task)}` : "",
  });
}

function entryRow(entry) {
  return row({
    href: entry.entity === "order" ? `#/order/${entry.entity_id}` : `#/${entry.entity}/${entry.id}`,
    title: entry.title || gettext("Without a title"),
    detail: stateWords(entry),
  });
}

function returnedLogs(found) {
  const own = ((found.me && found.me.organisations) || []).map(({ id }) => id);
  return found.log.filter(
    (log) =>
      log.standing === "returned" &&
      (!log.organisation || !own.length || own.includes(log.organisation)) &&
      !isAnswered(log, found.entries),
  );
}

function nothingYet(found) {
  if (found.asset.length) {
    return h("p", { class: "empty" }, gettext("Nothing is due in the next seven days."));
  }
  return notHere(
    gettext("This phone has no data of your assets yet. Download them once while there is a network; afterwards everything works without one."),
  );
}

function parts(found) {
  const toMend = found.entries.filter(({ state }) => state === "attention");
  const drafts = found.entries.filter(
    ({ state, body }) => state === "draft" && !(body && body.is_new),
  );
  const sections = [
    section(gettext("Returned to you"), returnedLogs(found).map((log) =>
      returnedRow(log, nameOf(found, log.asset)))),
    section(gettext("To be put right"), toMend.map(entryRow)),
    section(gettext("Work orders"), ordersToDo(found).map((entry) => orderRow(found, entry)), {
      most: 10,
    }),
    section(gettext("To be checked by you"), ordersToCheck(found).map((entry) =>
      orderRow(found, entry))),
    section(gettext("Patrols"), plansDue(found).map((plan) => planRow(found, plan))),
    section(gettext("Inspections due"), dutiesDue(found).map((duty) => dutyRow(found, duty))),
    section(gettext("Drafts to finish"), drafts.map(entryRow)),
  ].filter(Boolean);
  const lights = said(
    gettext("Yellow begins %(hours)s hours before the limit: our choice."),
    { hours: SOON_HOURS },
  );
  return sections.length ? [sections, h("p", { class: "fine" }, lights)] : [nothingYet(found)];
}

async function screen(params, session) {
  const node = h("div", { class: "today" });
  const draw = async () => fill(node, parts(await gathered(session)));
  await draw();
  const ends = [onRecords(draw), onOutbox(draw)];
  return { title: gettext("Today"), node, leave: () => ends.forEach((end) => end()) };
}

/** Register the address of today's list. */
export function register(route) {
  route("today", screen);
}
