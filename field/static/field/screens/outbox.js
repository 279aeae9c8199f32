/** What was entered on this phone: what waits, what needs a look, what is received. */

import { doorCard } from "../card.js";
import { h } from "../dom.js";
import { entries, onOutbox } from "../outbox.js";
import { saveOutboxFile } from "../outbox-file.js";
import { redraw } from "../router.js";
import { kindWords, problemLines, shortHash, stateBadge } from "../states.js";
import { said, when } from "../words.js";

const GROUPS = [
  ["attention", () => gettext("To look at")],
  ["ready", () => gettext("On this phone, not yet received")],
  ["draft", () => gettext("Drafts")],
  ["received", () => gettext("Received by the register")],
];
const RECEIVED_SHOWN = 50;

function ofEntry(photos, { id }) {
  return photos.filter((photo) => photo.entry === id);
}

/** An entry that was received with a photo that was not is still to be looked at. */
function groupOf(entry, photos) {
  if (entry.state === "sending") return "ready";
  const isRefused = ofEntry(photos, entry).some((photo) => photo.state === "attention");
  return entry.state === "received" && isRefused ? "attention" : entry.state;
}

function photoLine(photos) {
  if (!photos.length) return null;
  const received = photos.filter((photo) => photo.state === "received").length;
  const refused = photos.filter((photo) => photo.state === "attention").length;
  const words = said(gettext("Photos: %(received)s of %(all)s received"), {
    received,
    all: photos.length,
  });
  return h("p", { class: refused ? "reason" : "fine" }, words);
}

function row(entry, photos) {
  const target =
    entry.state === "draft" ? `#/${entry.entity}/${entry.id}` : `#/receipt/${entry.id}`;
  const hash = entry.receipt && entry.receipt.content_hash;
  return h(
    "li",
    {},
    h(
      "a",
      { class: "row", href: target, "data-entry": entry.id, "data-state": entry.state },
      h("span", { class: "row-kind" }, kindWords(entry.entity), " · ", when(entry.device_time)),
      h("strong", {}, entry.title || kindWords(entry.entity)),
      stateBadge(entry),
      hash ? h("span", { class: "fine hash" }, shortHash(hash)) : null,
      photoLine(photos),
      entry.state === "attention" ? problemLines(entry.problem) : null,
    ),
  );
}

function group([state, name], all, photos) {
  const rows = all.filter((entry) => groupOf(entry, photos) === state);
  if (!rows.length) return null;
  const shown = state === "received" ? rows.slice(0, RECEIVED_SHOWN) : rows;
  return h(
    "section",
    { class: "group", "data-group": state },
    h("h2", {}, name(), " ", h("span", { class: "count" }, rows.length)),
    h(
      "ul",
      { class: "rows" },
      shown.map((entry) => row(entry, ofEntry(photos, entry))),
    ),
  );
}

function nothing() {
  const words = gettext("Nothing was entered on this phone yet.");
  return doorCard(words, "#/new", gettext("New entry"));
}

function saving() {
  return h(
    "section",
    { class: "card" },
    h("h2", {}, gettext("When sending never works")),
    h(
      "p",
      {},
      gettext(
        "Save what waits to a file, with its photos, and give it to your office: it takes the file in. Nothing is removed from the phone by this.",
      ),
    ),
    h(
      "button",
      { type: "button", class: "big-button plain", id: "save-file", onclick: saveOutboxFile },
      gettext("Save to a file"),
    ),
  );
}

async function screen(params, session) {
  const all = await entries();
  const photos = await session.store.all("photos");
  const groups = GROUPS.map((entry) => group(entry, all, photos));
  const waits = all.some((e) => e.state !== "draft" && e.state !== "received");
  const waiting = waits || photos.some((p) => ["ready", "sending", "attention"].includes(p.state));
  const stop = onOutbox(() => redraw());
  return {
    title: gettext("Outbox"),
    node: h("div", {}, all.length ? groups : nothing(), waiting ? saving() : null),
    leave: stop,
  };
}

/** Name this screen's address. */
export function register(route) {
  route("outbox", screen);
}
