/**
 * Sending: entries first, then photos, then what is new at the register. One run at a time over
 * all tabs. It starts by itself on load, on the return of the network, when the page becomes
 * visible and after each save; the button starts it too.
 */

import { NoAnswer } from "./answers.js";
import { listeners } from "./listeners.js";
import { alone } from "./locks.js";
import { onOutbox, outboxChanged } from "./outbox.js";
import { pulled } from "./pull.js";
import { released } from "./release.js";
import { entriesSent, sendingCompared } from "./send-entries.js";
import { photosSent } from "./send-photos.js";
import { currentSession, onSession, refreshSession, sessionTold } from "./session.js";
import { syncProblem } from "./sync-words.js";

const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 5 * 60_000;
/** After so many answers that may be about one thing only, it is taken to be about all. */
const MOST_TROUBLES = 5;
const heard = listeners();
const state = { running: false, fetching: false, online: navigator.onLine, last: null, problem: null };
let again = false;
let failures = 0;
let timer = 0;
let waitUntil = 0;

/** Be told of the sending: `{running, fetching, online, last, problem}`; returns what ends it. */
export function onSync(fn) {
  fn(state);
  return heard.add(fn);
}

function became(change) {
  Object.assign(state, change);
  heard.tell(state);
}

function contextOf(session) {
  return {
    store: session.store,
    user: session.me.user.id,
    deviceId: session.deviceId,
    limits: session.me.limits || {},
    serverTime: session.me.server_time,
    failures,
    received: new Set(),
    changed: () => outboxChanged("sync"),
    ...troubleList(),
    // Entries are small and go first: photos and pulling make way for a new one.
    isNewer: () => again,
  };
}

/** What stood in the way of one thing while the others went on; it is told at the end. */
function troubleList() {
  const troubles = [];
  return {
    troubles,
    troubled(error) {
      troubles.push(error);
      if (troubles.filter((one) => one instanceof NoAnswer).length > MOST_TROUBLES) throw error;
    },
  };
}

async function rounds() {
  const known = await refreshSession();
  const session = currentSession();
  if (known !== "signed_in" || !session.store) throw new NoAnswer(known);
  const context = contextOf(session);
  await released(context.store);
  await sendingCompared(context);
  do {
    again = false;
    await entriesSent(context);
    await photosSent(context);
    // What waited for its photos goes now.
    await entriesSent(context);
  } while (again);
  became({ fetching: true });
  await pulled(context);
  if (context.troubles.length) throw context.troubles[0];
}

/** The time until the next try: doubled each time, never two phones in step. */
function pause(retryAfter) {
  const grown = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures, 8));
  return Math.max(retryAfter * 1000, grown / 2) + (Math.random() * grown) / 2;
}

function againIn(wait) {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => {
    // The clock may have been set back meanwhile: the time that passed is what counts.
    waitUntil = 0;
    syncNow("again");
  }, wait);
}

function tryLater(error) {
  failures += 1;
  waitUntil = error.retryAfter ? Date.now() + error.retryAfter * 1000 : 0;
  againIn(pause(error.retryAfter || 0));
}

function failed(error) {
  if (!(error instanceof NoAnswer)) console.error(error);
  const kind = error instanceof NoAnswer ? error.kind : error.code || "phone";
  sessionTold(kind);
  became({ online: kind !== "offline" && kind !== "portal", problem: syncProblem(kind, error) });
  if (kind !== "signed_out" && kind !== "other_user") tryLater(error);
}

async function attempt() {
  const { store } = currentSession();
  if (!store) {
    await refreshSession();
    if (!currentSession().store) return;
  }
  try {
    const mine = await alone(currentSession().store, `sync ${currentSession().me.user.id}`, rounds);
    if (!mine) {
      againIn(FIRST_WAIT_MS);
      return;
    }
    failures = 0;
    became({ online: true, last: new Date().toISOString(), problem: null });
  } catch (error) {
    failed(error);
  }
}

/**
 * Send and fetch now, or once more as soon as the present run has ended.
 * @param {string} reason load, online, visible, saved, button or again
 */
export async function syncNow(reason) {
  if (state.running) {
    again = again || reason === "saved" || reason === "button";
    return;
  }
  if (reason !== "button" && Date.now() < waitUntil) return;
  window.clearTimeout(timer);
  became({ running: true });
  try {
    await attempt();
  } finally {
    became({ running: false, fetching: false });
  }
  if (again) {
    again = false;
    if (!state.problem) await syncNow("saved");
  }
}

/** Send by itself from now on. */
export function startSync() {
  window.addEventListener("online", () => {
    failures = 0;
    syncNow("online");
  });
  window.addEventListener("offline", () => became({ online: false }));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") syncNow("visible");
  });
  onOutbox(({ reason, elsewhere }) => {
    if (reason !== "submitted") return;
    if (!elsewhere) syncNow("saved");
    else if (state.running) again = true;
  });
  let known = currentSession().state;
  onSession((session) => {
    if (session.state === "signed_in" && known === "signed_out") syncNow("online");
    known = session.state;
  });
  return syncNow("load");
}
