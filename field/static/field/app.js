/** The phone's page put together: the session, the frame, the screens, the sending. */

import { h } from "./dom.js";
import { makeFrame, showScreen } from "./frame.js";
import { showNotices } from "./notices.js";
import { redraw, route, startRouter } from "./router.js";
import { currentSession, onSession, startSession } from "./session.js";
import { startSync } from "./sync.js";
import { StorageFull } from "./store.js";
import { resumeTracks } from "./track.js";
import { offerUpdates } from "./update.js";
import * as account from "./screens/account.js";
import * as asset from "./screens/asset.js";
import * as defect from "./screens/defect.js";
import * as inspection from "./screens/inspection.js";
import * as log from "./screens/log.js";
import * as newEntry from "./screens/new.js";
import * as order from "./screens/order.js";
import * as outbox from "./screens/outbox.js";
import * as patrol from "./screens/patrol.js";
import * as receipt from "./screens/receipt.js";
import * as returned from "./screens/returned.js";
import * as today from "./screens/today.js";
import * as signIn from "./screens/sign-in.js";

const SCREENS = [
  account,
  asset,
  defect,
  inspection,
  log,
  newEntry,
  order,
  outbox,
  patrol,
  receipt,
  returned,
  today,
];

function failed(error) {
  console.error(error);
  const isFull = error instanceof StorageFull;
  const words = isFull
    ? gettext("There is no room left on this phone. Free some, then try again.")
    : gettext("This page could not be drawn. Nothing that you wrote is lost.");
  return {
    title: gettext("Something went wrong"),
    node: h(
      "section",
      { class: "card" },
      h("p", { role: "alert" }, words),
      isFull
        ? h("a", { class: "big-button", href: "#/account" }, gettext("Account and phone"))
        : h("p", { class: "fine" }, String(error && error.message)),
      h("a", { class: "big-button", href: "#/outbox" }, gettext("To the outbox")),
    ),
  };
}

/** The map's modules are many: they are read when an address first asks for them. */
async function more() {
  const { LATER } = await import("./later.js");
  LATER.forEach(named);
}

function named(screen) {
  screen.register((pattern, draw) => route(pattern, guarded(draw)));
}

function guarded(screen) {
  return async (params, session) =>
    session.store ? screen(params, session) : signIn.screen(params, session);
}

/** Start; called once the words are there. */
export async function start() {
  const root = document.getElementById("phone");
  SCREENS.forEach(named);
  await startSession();
  await makeFrame(root);
  document.getElementById("starting").hidden = true;
  await startRouter({ session: currentSession, draw: showScreen, home: "today", more, failed });
  let store = currentSession().store;
  onSession((session) => {
    if (session.store === store) return;
    store = session.store;
    redraw();
    resumeTracks();
  });
  showNotices();
  offerUpdates();
  startSync();
  resumeTracks();
  document.documentElement.setAttribute("data-ready", "");
}
