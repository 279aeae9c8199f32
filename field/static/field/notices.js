/** Standing notices: who is signed in, what this browser cannot do, and what to do about it. */

import { fill, h } from "./dom.js";
import { noticesPlace } from "./frame.js";
import { counts, onOutbox } from "./outbox.js";
import { changeToOther, currentSession, onSession, waitingOfOthers } from "./session.js";
import { unsent } from "./tally.js";
import { said } from "./words.js";

const SIGN_IN = "/accounts/sign-in/?next=/field/";

/**
 * What keeps this browser from starting without a network: `wechat_ios`, `wechat`, `insecure`,
 * `no_worker`, or null.
 */
export function startHindrance(agent = navigator.userAgent) {
  if (/MicroMessenger/i.test(agent)) return /iPhone|iPad|iPod/.test(agent) ? "wechat_ios" : "wechat";
  if (window.isSecureContext === false) return "insecure";
  return "serviceWorker" in navigator ? null : "no_worker";
}

/** The words for a hindrance. */
export function hindranceWords(kind) {
  const words = {
    wechat_ios: gettext(
      "WeChat on an iPhone cannot start this page without a network. Tap ··· at the top right, choose “Open in Safari”, then Share → Add to Home Screen.",
    ),
    wechat: gettext(
      "WeChat cannot keep this page for use without a network. Tap ··· at the top right and choose “Open in browser”, then add it to the home screen.",
    ),
    insecure: gettext(
      "This address is not https, so the page cannot start without a network. Entries are kept on the phone all the same; leave the page open. Ask your office for the https address.",
    ),
    no_worker: gettext(
      "This browser cannot start the page without a network, perhaps because it is a private window. Entries are kept on the phone all the same; open the page in Chrome or Safari.",
    ),
  };
  return words[kind] || "";
}

function notice(kind, words, ...actions) {
  return h("div", { class: `notice ${kind}`, role: "status" }, h("p", {}, words), actions);
}

async function aboutSession(session) {
  if (session.state === "other_user") {
    return notice(
      "alarm",
      said(gettext("%(other)s is signed in now. This page still belongs to %(name)s."), {
        other: session.other.name || session.other.username,
        name: session.me.user.name || session.me.user.username,
      }),
      h(
        "button",
        { type: "button", class: "big-button", onclick: changeToOther },
        said(gettext("Go on as %(name)s"), { name: session.other.name || session.other.username }),
      ),
    );
  }
  if (session.state !== "signed_out" || !session.store) return null;
  const { entries } = await counts();
  const count = unsent(entries);
  const waits = ngettext(
    "Signed out. %(count)s entry waits on this phone.",
    "Signed out. %(count)s entries wait on this phone.",
    count,
  );
  const words = count
    ? said(waits, { count })
    : gettext("Signed out. You can go on working; sign in to send.");
  return notice("alarm", words, h("a", { class: "big-button", href: SIGN_IN }, gettext("Sign in")));
}

/** What waits for somebody else, in words. */
export function waitingWords({ entries, photos, name }) {
  if (!entries) {
    const pictures = ngettext(
      "%(count)s photo of %(name)s waits on this phone. Only %(name)s can send it.",
      "%(count)s photos of %(name)s wait on this phone. Only %(name)s can send them.",
      photos,
    );
    return said(pictures, { count: photos, name });
  }
  const text = ngettext(
    "%(count)s entry of %(name)s waits on this phone. Only %(name)s can send it.",
    "%(count)s entries of %(name)s wait on this phone. Only %(name)s can send them.",
    entries,
  );
  return said(text, { count: entries, name });
}

async function aboutOthers() {
  return (await waitingOfOthers()).map((user) => notice("calm", waitingWords(user)));
}

let turn = 0;

async function draw() {
  turn += 1;
  const mine = turn;
  const hindrance = startHindrance();
  const found = [
    await aboutSession(currentSession()),
    hindrance ? notice("calm", hindranceWords(hindrance)) : null,
    await aboutOthers(),
  ];
  if (mine === turn) fill(noticesPlace().querySelector("[data-standing]"), found);
}

/** Draw the notices and keep them true. */
export function showNotices() {
  noticesPlace().appendChild(h("div", { "data-standing": true }));
  onSession(draw);
  onOutbox(() => {
    if (currentSession().state === "signed_out") draw();
  });
  return draw();
}
