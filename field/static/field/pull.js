/** What changed at the register since the last time, in its order. */

import { NoAnswer, ask } from "./answers.js";
import { recordsChanged } from "./records.js";

const PAGE = 200;
const MOST_PAGES = 200;
const FIRST_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

async function kept(store, page) {
  await store.within(["records", "meta"], "readwrite", async (tx) => {
    for (const item of page.items) {
      const key = [item.entity, String(item.entity_id)];
      if (item.body === null) await tx.remove("records", key);
      else {
        await tx.put("records", {
          entity: item.entity,
          id: String(item.entity_id),
          version: item.version,
          server_seq: item.server_seq,
          body: item.body,
        });
      }
    }
    await tx.put("meta", { key: "cursor", value: page.next_cursor });
  });
}

/**
 * The place from which to go on is no more: the caller's scope has changed, the register was
 * restored, or it cannot read the place any longer. What was packed is to be packed again; what
 * was entered on the phone is not touched.
 */
async function startAnew(store) {
  await store.within(["records", "packages", "meta"], "readwrite", async (tx) => {
    await tx.clear("records");
    await tx.remove("meta", "cursor");
    for (const entry of await tx.all("packages")) {
      await tx.put("packages", { ...entry, cursor: null, outdated: true });
    }
  });
  recordsChanged();
}

/** Where to begin: at the last page, at the oldest package, or a month ago by the register's clock. */
async function beginning({ store, serverTime }) {
  const at = await store.get("meta", "cursor");
  if (at && at.value) return { cursor: at.value };
  const packages = (await store.all("packages")).filter((entry) => entry.cursor);
  packages.sort((a, b) => (a.made_at < b.made_at ? -1 : 1));
  if (packages.length) return { cursor: packages[0].cursor };
  const now = Date.parse(serverTime) || Date.now();
  return { since: new Date(now - FIRST_DAYS * DAY_MS).toISOString() };
}

/** Whether the register no longer knows the place from which the phone goes on. */
function isOver({ status, json }, place) {
  const codes = ((json && json.errors) || []).map(({ code }) => code);
  return status === 410 || Boolean(place.cursor && codes.includes("bad_cursor"));
}

async function onePage(context) {
  const place = await beginning(context);
  const query = new URLSearchParams({ limit: String(PAGE), ...place });
  const answer = await ask("GET", `/api/v1/sync/pull?${query}`, {
    user: context.user,
    accept: [400, 410],
  });
  if (isOver(answer, place)) {
    await startAnew(context.store);
    return Boolean(place.cursor);
  }
  const { json, status } = answer;
  if (status === 400) throw new NoAnswer("refused", { status, problem: json });
  if (!json || !Array.isArray(json.items)) throw new NoAnswer("portal");
  await kept(context.store, json);
  if (json.items.length) recordsChanged();
  return Boolean(json.more);
}

/**
 * Follow the register's changes to their present end.
 * @param {{store: Object, user: number, serverTime: string, isNewer: function(): boolean}} context
 */
export async function pulled(context) {
  for (let page = 0; page < MOST_PAGES; page += 1) {
    if (!(await onePage(context)) || context.isNewer()) return;
  }
}
