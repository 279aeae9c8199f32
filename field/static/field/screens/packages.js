/** What the phone takes along: packages with their size before, their age after, and the room. */

import { NoAnswer } from "../answers.js";
import { fill, h } from "../dom.js";
import {
  StillNeeded, offeredBefore, offeredPackages, onPhone, removePackage, room, takePackage,
} from "../map/packages.js";
import { StorageFull } from "../store.js";
import { said, size, when } from "../words.js";

const ROOM_FACTOR = 3;

function problemWords(kind) {
  const words = {
    offline: gettext("No network. What is on the phone stays usable."),
    signed_out: gettext("You are signed out. Sign in to renew packages; what is on the phone stays."),
    portal: gettext("The answer did not come from the register. Perhaps this network asks you to sign in first."),
    busy: gettext("The register is busy. Try again in a minute."),
    gone: gettext("This package is no longer offered to you. Ask your office."),
    other_user: gettext("Somebody else is signed in at the register."),
  };
  return words[kind] || gettext("The register could not answer. Try again later.");
}

function contentWords(entry) {
  const words = [
    said(ngettext("%(count)s asset", "%(count)s assets", entry.assets), { count: entry.assets }),
  ];
  if (entry.orders) {
    words.push(said(ngettext("%(count)s work order", "%(count)s work orders", entry.orders), { count: entry.orders }));
  }
  if (entry.patrol_plans) {
    words.push(said(ngettext("%(count)s patrol plan", "%(count)s patrol plans", entry.patrol_plans), { count: entry.patrol_plans }));
  }
  return words.join(" · ");
}

function sizeWords(entry) {
  return said(gettext("About %(load)s to load, %(kept)s on the phone"), {
    load: size(entry.compressed_bytes || entry.bytes || 0),
    kept: size(entry.bytes || 0),
  });
}

function ageWords(taken) {
  const days = Math.floor((Date.now() - Date.parse(taken.taken_at)) / 86_400_000);
  if (days < 1) return said(gettext("Taken along at %(time)s"), { time: when(taken.taken_at) });
  const text = ngettext("Taken along %(count)s day ago", "Taken along %(count)s days ago", days);
  return said(text, { count: days });
}

function standing(offer, taken) {
  if (!taken) return { state: "none", words: gettext("Not on this phone") };
  const words = `${ageWords(taken)} · ${size(taken.size)}`;
  if (taken.outdated) {
    return { state: "attention", words: `${words} · ${gettext("your duties changed: load it again")}` };
  }
  if (!offer) {
    return { state: "ready", words: `${words} · ${gettext("no longer offered to you")}` };
  }
  if (offer.version !== taken.version) {
    return { state: "ready", words: `${words} · ${gettext("there is a newer one")}` };
  }
  return { state: "received", words };
}

function failureWords(error) {
  if (error instanceof NoAnswer) {
    return `${problemWords(error.kind)} ${gettext("The package did not come whole; nothing on the phone was changed.")}`;
  }
  if (error instanceof StorageFull) {
    return gettext("There is no room left on this phone. Free some, then try again. Nothing on the phone was changed.");
  }
  if (error instanceof StillNeeded) {
    const text = ngettext(
      "%(count)s entry of this package is not received yet. Send it first.",
      "%(count)s entries of this package are not received yet. Send them first.",
      error.count,
    );
    return said(text, { count: error.count });
  }
  throw error;
}

/** Packages known from either side, those on the phone first. */
function joined(offered, taken) {
  const offers = new Map(offered.map((offer) => [offer.key, offer]));
  const mine = new Map(taken.map((one) => [one.key, one]));
  const keys = [...mine.keys(), ...Array.from(offers.keys()).filter((key) => !mine.has(key))];
  return keys.map((key) => ({ key, offer: offers.get(key), taken: mine.get(key) }));
}

function progressOf(offer) {
  const bar = h("progress", { max: offer && offer.bytes ? String(offer.bytes) : null, "aria-label": gettext("Loading") });
  const text = h("span", { class: "fine" }, gettext("Loading…"));
  return {
    node: h("div", { class: "package-progress" }, bar, text),
    heard(bytes) {
      if (offer && offer.bytes) bar.setAttribute("value", String(Math.min(bytes, offer.bytes)));
      fill(text, said(gettext("%(bytes)s have come"), { bytes: size(bytes) }));
    },
  };
}

async function isTight(offer) {
  const space = await room();
  return Boolean(space && offer) && space.quota - space.used < offer.bytes * ROOM_FACTOR;
}

async function take({ key, offer }, place) {
  const progress = progressOf(offer);
  fill(place, progress.node);
  if (await isTight(offer)) throw new StorageFull();
  return (await takePackage(key, progress.heard))
    ? gettext("It is on the phone now.")
    : gettext("It was up to date.");
}

function actions(one, place, done) {
  const run = (work) => async () => {
    buttons.forEach((button) => {
      button.disabled = true;
    });
    try {
      const words = await work();
      await done(one.key, words, false);
    } catch (error) {
      await done(one.key, failureWords(error), true);
    }
  };
  const { taken, offer } = one;
  const renew = h("button", {
    type: "button",
    class: taken ? "big-button plain" : "big-button",
    onclick: run(() => take(one, place)),
  }, taken ? gettext("Renew") : gettext("Take along"));
  const remove = h("button", {
    type: "button",
    class: "big-button plain",
    onclick: run(async () => {
      await removePackage(one.key);
      return gettext("It is no longer on the phone.");
    }),
  }, gettext("Remove"));
  const buttons = [offer ? renew : null, taken ? remove : null].filter(Boolean);
  return h("div", { class: "package-actions" }, buttons);
}

function card(one, said_, done) {
  const { offer, taken } = one;
  const about = offer || taken;
  const state = standing(offer, taken);
  const place = h("div", { class: "package-place", role: "status" },
    said_ ? h("p", { class: said_.bad ? "reason" : "equal" }, said_.words) : null);
  return h("li", { class: "row", "data-state": state.state, "data-package": one.key },
    h("h2", {}, about.title),
    offer && offer.detail ? h("span", { class: "row-kind" }, offer.detail) : null,
    h("span", {}, contentWords(about)),
    offer ? h("span", { class: "fine" }, sizeWords(offer)) : null,
    h("span", { class: "badge", "data-state": state.state }, state.words),
    place,
    actions(one, place, done));
}

async function roomWords(taken) {
  const total = taken.reduce((sum, one) => sum + one.size, 0);
  const space = await room();
  const packages = said(gettext("Packages on this phone: %(total)s."), { total: size(total) });
  if (!space) return packages;
  return `${packages} ${said(gettext("This page uses %(used)s of the %(quota)s that the browser gives it."), {
    used: size(space.used),
    quota: size(space.quota),
  })}`;
}

/** What the register said when it was asked for packages, or that it is being asked. */
function askedPart(heard, all, ask) {
  if (!heard) return h("p", { role: "status" }, gettext("Asking the register for your packages …"));
  if (heard.problem) {
    return [
      h("p", { class: "reason", role: "alert" }, problemWords(heard.problem)),
      h("button", { type: "button", class: "big-button plain", onclick: ask }, gettext("Ask again")),
    ];
  }
  return all.length
    ? null
    : h("p", {}, gettext("No package is offered to you: no agreement in force names your organisation. Ask your office."));
}

async function packagesScreen() {
  const head = h("div", { class: "card" });
  const list = h("ul", { class: "rows packages" });
  const words = new Map();
  let heard = null;
  const done = async (key, text, bad) => {
    words.set(key, { words: text, bad });
    await draw();
  };
  const hear = async () => {
    heard = await offeredPackages();
    // A package that is on its way keeps its place; the list is drawn when it has come.
    if (!list.querySelector("button:disabled")) await draw();
  };
  const again = async () => {
    heard = null;
    await draw();
    await hear();
  };
  async function draw() {
    const taken = await onPhone();
    const all = joined(heard ? heard.offered : await offeredBefore(), taken);
    fill(head,
      h("p", {}, gettext("A package holds what you need without a network: assets, work orders, patrol plans, checklists and place names. It holds no household data.")),
      askedPart(heard, all, again),
      h("p", { class: "fine" }, await roomWords(taken)));
    fill(list, all.map((one) => card(one, words.get(one.key), done)));
  }
  await draw();
  // On a bad link the register's answer takes long: what the phone knows stands meanwhile.
  hear();
  return { title: gettext("Packages"), node: h("div", {}, head, list) };
}

/** Add the screen. */
export function register(route) {
  route("packages", packagesScreen);
}
