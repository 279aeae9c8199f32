/**
 * Who uses the phone's page, and whether the register agrees. The page starts from what the phone
 * remembers, so that it stands within a moment in a valley; the register's answer comes later.
 */

import { NoAnswer, ask } from "./answers.js";
import { device, usedBy, deviceChanged } from "./device.js";
import { listeners } from "./listeners.js";
import { StorageFull, openStore } from "./store.js";
import { tallyOf, unsent } from "./tally.js";

const PATIENCE_MS = 700;
const TIMEOUT_MS = 15_000;
const heard = listeners();
const session = { me: null, store: null, state: "offline", deviceId: "", other: null };
let touched = false;

/** The session as it is: `{me, store, state, deviceId, other}`. */
export function currentSession() {
  return session;
}

/** Be told of each change of the session; returns what ends it. */
export function onSession(fn) {
  return heard.add(fn);
}

function became(change) {
  Object.assign(session, change);
  heard.tell(session);
}

/** Remember who it was; a phone that is full knows it already and must go on all the same. */
async function noted(write) {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof StorageFull)) throw error;
  }
}

async function openFor(me) {
  const store = await openStore(me.user.id);
  await noted(() => store.put("meta", { key: "me", value: me }));
  await noted(() => usedBy(me.user));
  became({ me, store, state: "signed_in", other: null });
}

/** The page shows one person and the register another: never mix them. */
async function other(me) {
  if (!touched) {
    const known = await usedBy(me.user).catch(() => null);
    if (known) {
      window.location.reload();
      return;
    }
  }
  became({ state: "other_user", other: me.user });
}

async function learnt(me) {
  if (!session.store) await openFor(me);
  else if (session.me.user.id !== me.user.id) await other(me);
  else {
    await noted(() => session.store.put("meta", { key: "me", value: me }));
    became({ me, state: "signed_in", other: null });
  }
}

/** What an answer says about who is signed in. */
export function sessionTold(kind) {
  if (kind === "signed_out" && session.state !== "signed_out") became({ state: "signed_out" });
  if (kind === "other_user") refreshSession();
}

/**
 * Ask the register who is signed in.
 * @returns {Promise<string>} the state, or `busy`, `portal`, `server`… when it could not say
 */
export async function refreshSession() {
  try {
    const { json } = await ask("GET", "/api/v1/field/me", { timeout: TIMEOUT_MS });
    if (!json || !json.user) return "portal";
    await learnt(json);
    return session.state;
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    if (error.kind === "signed_out") became({ state: "signed_out" });
    else if (session.state === "signed_in") became({ state: "offline" });
    return error.kind;
  }
}

async function remembered(known) {
  if (known.last_user === null) return;
  const store = await openStore(known.last_user);
  const kept = await store.get("meta", "me");
  if (kept) became({ store, me: kept.value, state: "offline" });
}

function noticeTouch() {
  const note = () => {
    touched = true;
  };
  ["pointerdown", "touchstart", "keydown"].forEach((name) =>
    window.addEventListener(name, note, { once: true, capture: true }));
}

/**
 * Start: at once with what the phone remembers, else with the register's answer.
 * @returns {Promise<Object>} the session
 */
export async function startSession() {
  noticeTouch();
  const known = await device();
  session.deviceId = known.device_id;
  await remembered(known);
  const answer = refreshSession();
  if (!session.store) await answer;
  else if (navigator.onLine) {
    await Promise.race([answer, new Promise((resolve) => window.setTimeout(resolve, PATIENCE_MS))]);
  }
  return session;
}

/** Use the page as the person who is signed in at the register. */
export async function changeToOther() {
  if (!session.other) return;
  await usedBy(session.other);
  window.location.reload();
}

/**
 * What waits on this phone for people who are not using it now.
 * @returns {Promise<{id: number, name: string, entries: number, photos: number}[]>}
 */
export async function waitingOfOthers() {
  const { users } = await device();
  const found = [];
  for (const user of users) {
    if (!session.me || user.id !== session.me.user.id) {
      const store = await openStore(user.id);
      const counts = await tallyOf(store);
      store.close();
      const waiting = { entries: unsent(counts.entries), photos: unsent(counts.photos) };
      if (waiting.entries || waiting.photos) found.push({ ...user, ...waiting });
    }
  }
  return found;
}

/** Say goodbye to the register, and hear it from itself: a gateway's answer ends no session. */
async function sessionEnded() {
  await ask("POST", "/accounts/sign-out/", { accept: [200, 302] }).catch((error) => {
    if (error.kind !== "portal") throw error;
  });
  try {
    await ask("GET", "/api/v1/field/me", { timeout: TIMEOUT_MS });
  } catch (error) {
    if (error.kind === "signed_out") return;
    throw error;
  }
  throw new NoAnswer("portal");
}

/**
 * Sign out. Refused while something is unsent; whoever insists saves the file first and says so.
 * The entries stay on the phone, in this person's own store, in any case.
 * @param {{saved: boolean}} [given]
 * @returns {Promise<{refused: boolean, entries: number, photos: number}>}
 */
export async function signOut({ saved = false } = {}) {
  const counts = session.store ? await tallyOf(session.store) : { entries: {}, photos: {} };
  const waiting = {
    entries: session.store ? unsent(counts.entries) : 0,
    photos: session.store ? unsent(counts.photos) : 0,
  };
  if ((waiting.entries || waiting.photos) && !saved) return { refused: true, ...waiting };
  await sessionEnded();
  await deviceChanged({ last_user: null });
  return { refused: false, ...waiting };
}
