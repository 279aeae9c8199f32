/** Who uses the phone, what the phone can do, its language, its room, and the way out. */

import { fill, h } from "../dom.js";
import { counts } from "../outbox.js";
import { saveOutboxFile } from "../outbox-file.js";
import { hindranceWords, startHindrance } from "../notices.js";
import { released } from "../release.js";
import { signOut } from "../session.js";
import { photosOpen, unsent } from "../tally.js";
import { startsOffline } from "../update.js";
import { language, said, setLanguage, size } from "../words.js";

async function storageFacts() {
  const { storage } = navigator;
  if (!storage || !storage.persisted) return { kept: null, used: null, room: null };
  const kept = await storage.persisted();
  const { usage, quota } = storage.estimate ? await storage.estimate() : {};
  return { kept, used: usage, room: quota };
}

function keptWords(kept) {
  if (kept === null) return gettext("This browser does not say.");
  return kept
    ? gettext("Yes: the browser promised to keep this page's data.")
    : gettext(
        "Not promised. Put the page on the home screen and send soon; the browser may clear data when room is short.",
      );
}

function startWords(offline, hindrance) {
  if (offline) return gettext("Yes");
  return hindrance
    ? gettext("No")
    : gettext("Not yet: leave this page open for a moment while there is a network.");
}

function person(session) {
  const { user, organisations, areas } = session.me;
  const states = {
    signed_in: gettext("Signed in"),
    offline: gettext("Signed in before; no connection now"),
    signed_out: gettext("Signed out"),
    other_user: gettext("Somebody else is signed in now"),
  };
  return h(
    "section",
    { class: "card" },
    h("h2", {}, user.name || user.username),
    h("p", {}, states[session.state]),
    h("p", { class: "fine" }, [...(organisations || []), ...(areas || [])]
      .map((row) => (language() === "en" && row.name_en) || row.name).join(" · ")),
    session.state === "signed_out"
      ? h("a", { class: "big-button", href: "/accounts/sign-in/?next=/field/" }, gettext("Sign in"))
      : null,
  );
}

function languages() {
  const button = (code, name) =>
    h(
      "button",
      {
        type: "button",
        class: "choice",
        lang: code === "en" ? "en" : "zh-Hans",
        "aria-pressed": String(language() === code),
        onclick: () => setLanguage(code),
      },
      name,
    );
  return h(
    "section",
    { class: "card" },
    h("h2", {}, gettext("Language")),
    h("div", { class: "choices" }, button("zh-hans", "中文"), button("en", "English")),
  );
}

function freeUp(session) {
  const told = h("p", { class: "fine", role: "status" });
  const free = async () => {
    const freed = await released(session.store, 0);
    fill(told, freed ? said(gettext("%(size)s freed."), { size: size(freed) })
      : gettext("There is nothing to free."));
  };
  return [
    h("button", { type: "button", class: "big-button plain", id: "free", onclick: free },
      gettext("Remove received photos from this phone")),
    h("p", { class: "fine" }, gettext(
      "Only photos whose hash the register confirmed. By itself the phone removes them seven days after their receipt.",
    )),
    told,
  ];
}

async function phone(session) {
  const facts = await storageFacts();
  const hindrance = startHindrance();
  const offline = await startsOffline();
  return h(
    "section",
    { class: "card" },
    h("h2", {}, gettext("This phone")),
    h(
      "dl",
      { class: "facts" },
      h("dt", {}, gettext("Starts without a network")),
      h("dd", { id: "starts-offline" }, startWords(offline, hindrance)),
      h("dt", {}, gettext("Data kept for good")),
      h("dd", {}, keptWords(facts.kept)),
      facts.used === null || facts.used === undefined ? null : [
        h("dt", {}, gettext("Room used")),
        h("dd", {}, said(gettext("%(used)s of %(room)s"), {
          used: size(facts.used), room: size(facts.room) })),
      ],
      h("dt", {}, gettext("Number of the phone")),
      h("dd", {}, h("code", { class: "hash" }, session.deviceId)),
    ),
    hindrance ? h("p", { class: "reason" }, hindranceWords(hindrance)) : null,
    h("a", { class: "big-button plain", href: "#/packages" }, gettext("Packages for offline use")),
    freeUp(session),
  );
}

function refusedWords(waiting) {
  return said(
    gettext(
      "%(entries)s entries and %(photos)s photos are not with the register yet. Send them first, or save them to a file: they also stay on this phone until you sign in here again.",
    ),
    waiting,
  );
}

async function leave(place, saved) {
  try {
    const answer = await signOut({ saved });
    if (answer.refused) {
      fill(place, h("p", { class: "reason", role: "alert" }, refusedWords(answer)),
        h("button", { type: "button", class: "big-button", id: "save-and-leave",
          onclick: async () => {
            await saveOutboxFile();
            await leave(place, true);
          } }, gettext("Save to a file and sign out")));
      return;
    }
    window.location.replace("/field/");
  } catch {
    fill(place, h("p", { class: "reason", role: "alert" },
      gettext("Signing out needs a connection. Nothing was changed.")));
  }
}

function leftWords({ entries, photos }) {
  const count = unsent(entries);
  if (count) {
    const text = ngettext(
      "%(count)s entry is still only on this phone.",
      "%(count)s entries are still only on this phone.",
      count,
    );
    return said(text, { count });
  }
  const pictures = photosOpen(photos);
  if (!pictures) {
    return gettext("Everything is received. What was packed stays for your next sign-in.");
  }
  const text = ngettext(
    "%(count)s photo is still only on this phone.",
    "%(count)s photos are still only on this phone.",
    pictures,
  );
  return said(text, { count: pictures });
}

async function out() {
  const place = h("div", { "aria-live": "polite" });
  return h(
    "section",
    { class: "card" },
    h("h2", {}, gettext("Sign out")),
    h("p", { class: "fine" }, leftWords(await counts())),
    h("button", { type: "button", class: "big-button plain", id: "sign-out",
      onclick: () => leave(place, false) }, gettext("Sign out")),
    place,
  );
}

async function screen(params, session) {
  return {
    title: gettext("Account and phone"),
    node: h("div", {}, person(session), languages(), await phone(session), await out(),
      h("p", { class: "fine centred" }, h("a", { href: "/" }, gettext("The ordinary pages")))),
  };
}

/** Name this screen's address. */
export function register(route) {
  route("account", screen);
}

