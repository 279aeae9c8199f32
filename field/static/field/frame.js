/** What stands round every screen: the title, what waits, the Send button, the four doors. */

import { fill, h, icon } from "./dom.js";
import { counts, onOutbox } from "./outbox.js";
import { currentSession, onSession } from "./session.js";
import { onSync, syncNow } from "./sync.js";
import { photosOpen, unsent } from "./tally.js";
import { said } from "./words.js";

const BACK = "M15 5l-7 7 7 7";
const PERSON = "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm-8 9c0-4.500 3.500-7 8-7s8 2.500 8 7";
const DOORS = [
  ["today", () => gettext("Today"), "M5 6h14v14H5zM5 10h14M9 3v4M15 3v4"],
  ["map", () => gettext("Map"), "M4 6l5-2 6 2 5-2v14l-5 2-6-2-5 2zM9 4v14M15 6v14"],
  ["new", () => gettext("New"), "M12 5v14M5 12h14"],
  ["outbox", () => gettext("Outbox"), "M4 13v6h16v-6M12 15V4M8 8l4-4 4 4"],
];
const HOME_SCREENS = ["today", "map", "new", "outbox"];
const parts = {};
let shownAt = null;

function door([address, name, drawing]) {
  return h(
    "a",
    { href: `#/${address}`, class: "door", "data-door": address },
    icon(drawing),
    h("span", {}, name()),
  );
}

function here() {
  return window.location.hash.replace(/^#?\/?/, "").split(/[/?]/)[0] || "today";
}

function waitingWords(found) {
  const { entries, photos } = found;
  const words = [];
  const waiting = entries.ready + entries.sending;
  const pictures = photos.ready + photos.sending;
  const refused = entries.attention + photos.attention;
  if (refused) words.push(said(gettext("%(count)s to look at"), { count: refused }));
  if (waiting) words.push(said(gettext("%(count)s to send"), { count: waiting }));
  if (pictures) {
    const text = ngettext("%(count)s photo to send", "%(count)s photos to send", pictures);
    words.push(said(text, { count: pictures }));
  }
  if (entries.draft) {
    const text = ngettext("%(count)s draft", "%(count)s drafts", entries.draft);
    words.push(said(text, { count: entries.draft }));
  }
  return words.length ? words.join(" · ") : gettext("Everything is received");
}

async function showCounts() {
  const found = await counts();
  const { entries, photos } = found;
  const open = unsent(entries) + photosOpen(photos);
  fill(parts.waiting, waitingWords(found));
  const mood = entries.attention + photos.attention ? "attention" : open ? "waiting" : "clear";
  parts.strip.setAttribute("data-mood", mood);
  parts.strip.setAttribute("data-unsent", String(open));
  const nobody = !currentSession().store;
  parts.strip.hidden = nobody;
  parts.doors.hidden = nobody;
  parts.send.classList.toggle("quiet", !(entries.ready || entries.sending || photos.ready
    || photos.sending));
}

function showSync(state) {
  const sending = state.running && !state.fetching;
  parts.send.disabled = sending;
  fill(parts.send, sending ? gettext("Sending…") : gettext("Send"));
  const notice = state.problem ? state.problem.message : "";
  fill(parts.problem, notice);
  parts.problem.hidden = !notice;
}

function showPlace() {
  const place = here();
  parts.doors.querySelectorAll("[data-door]").forEach((link) => {
    if (link.getAttribute("data-door") === place) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
  parts.back.hidden = HOME_SCREENS.includes(place);
}

function back() {
  if (window.history.length > 1) window.history.back();
  else window.location.hash = "#/today";
}

function head() {
  parts.back = h(
    "button",
    { type: "button", class: "bar-button", "aria-label": gettext("Back"), onclick: back },
    icon(BACK),
  );
  parts.title = h("h1", { tabindex: "-1" });
  const account = h(
    "a",
    { href: "#/account", class: "bar-button", "aria-label": gettext("Account and phone") },
    icon(PERSON),
  );
  return h("div", { class: "bar" }, parts.back, parts.title, account);
}

function strip() {
  parts.waiting = h("a", { href: "#/outbox", class: "waiting", "aria-live": "polite" });
  parts.send = h(
    "button",
    { type: "button", class: "send", onclick: () => syncNow("button") },
    gettext("Send"),
  );
  parts.strip = h("div", { class: "strip", id: "counts" }, parts.waiting, parts.send);
  return parts.strip;
}

/** Draw the frame into the page, once. */
export function makeFrame(root) {
  parts.problem = h("p", { class: "problem", role: "status", hidden: true });
  parts.notices = h("div", { class: "notices" });
  parts.main = h("main", { id: "main", tabindex: "-1" });
  parts.doors = h("nav", { class: "doors", "aria-label": gettext("Main") }, DOORS.map(door));
  const top = h("header", { class: "top" }, head(), strip(), parts.problem);
  fill(root, top, parts.notices, parts.main, parts.doors);
  onOutbox(showCounts);
  onSession(showCounts);
  onSync(showSync);
  return showCounts();
}

/** Show a screen: `{title, node}`; one that is drawn again stays where it was scrolled to. */
export function showScreen({ title, node }) {
  fill(parts.title, title);
  document.title = `${title} · ${gettext("Livelihood Atlas")}`;
  const { hash } = window.location;
  const height = hash === shownAt ? window.scrollY : 0;
  shownAt = hash;
  fill(parts.main, node);
  showPlace();
  window.scrollTo(0, height);
}

/** The place of notices that stay until they no longer hold. */
export function noticesPlace() {
  return parts.notices;
}
