/** One entry and its photos: where each is, with the receipt's time and hash. */

import { h } from "../dom.js";
import { bytesOf, entryOf, onOutbox, photosOf, reopen, retryPhoto } from "../outbox.js";
import { go, redraw } from "../router.js";
import { kindWords, problemLines, stateBadge, stateWords } from "../states.js";
import { said, size, when } from "../words.js";

function fact(name, value) {
  return value ? [h("dt", {}, name), h("dd", {}, value)] : null;
}

function hashed(hash) {
  return hash ? h("code", { class: "hash" }, hash) : null;
}

async function editAgain(entry) {
  const draft = await reopen(entry.id);
  go(`${draft.entity}/${draft.id}`);
}

function actions(entry) {
  const shows = h(
    "a",
    { class: "big-button plain", href: `#/${entry.entity}/${entry.id}` },
    gettext("What was entered"),
  );
  const mayEdit = entry.state === "attention" && entry.problem.status !== "conflict";
  return [
    mayEdit
      ? h(
          "button",
          { type: "button", class: "big-button", id: "edit-again", onclick: () => editAgain(entry) },
          gettext("Correct and send again"),
        )
      : null,
    entry.type === "create" ? shows : null,
  ];
}

function entryCard(entry) {
  const receipt = entry.receipt || {};
  return h(
    "section",
    { class: "card", "data-state": entry.state },
    h("p", { class: "row-kind" }, kindWords(entry.entity)),
    h("h2", {}, entry.title || kindWords(entry.entity)),
    h("p", {}, stateBadge(entry)),
    problemLines(entry.problem),
    h(
      "dl",
      { class: "facts" },
      fact(gettext("Entered at"), when(entry.device_time)),
      fact(gettext("Received at"), when(receipt.received_at)),
      fact(gettext("Register's number"), receipt.server_seq),
      fact(gettext("Hash of the content"), hashed(receipt.content_hash)),
      fact(gettext("Entry's number"), hashed(entry.entity_id)),
    ),
    actions(entry),
  );
}

function progress(photo) {
  if (photo.state !== "sending" || !photo.size) return null;
  return h("progress", { max: photo.size, value: photo.offset || 0 });
}

function again(photo) {
  if (photo.state !== "attention" || photo.released) return null;
  return h(
    "button",
    { type: "button", class: "big-button plain", onclick: () => retryPhoto(photo.id) },
    gettext("Send this photo again"),
  );
}

async function picture(photo, shown) {
  const bytes = await bytesOf(photo.id);
  if (!bytes) return h("p", { class: "fine" }, gettext("No longer on this phone."));
  const address = URL.createObjectURL(new Blob([bytes], { type: photo.type }));
  shown.push(address);
  return h("img", { src: address, alt: "", loading: "lazy", class: "picture" });
}

async function photoCard(photo, place, shown) {
  const equal = photo.receipt && photo.receipt.sha256 === photo.sha256;
  return h(
    "li",
    { class: "card", "data-photo": photo.id, "data-state": photo.state },
    await picture(photo, shown),
    h("h3", {}, said(gettext("Photo %(number)s"), { number: place + 1 }), " · ", size(photo.size)),
    h("p", {}, stateBadge(photo)),
    progress(photo),
    problemLines(photo.problem),
    h(
      "dl",
      { class: "facts" },
      fact(gettext("Hash on this phone"), hashed(photo.sha256)),
      fact(gettext("Hash at the register"), hashed(photo.receipt && photo.receipt.sha256)),
    ),
    equal ? h("p", { class: "equal" }, gettext("Both are equal: the photo arrived whole.")) : null,
    again(photo),
  );
}

function missing() {
  return {
    title: gettext("Receipt"),
    node: h("p", { class: "card" }, gettext("This entry is not on this phone.")),
  };
}

async function screen({ id }) {
  const entry = await entryOf(id);
  if (!entry) return missing();
  const photos = await photosOf(id);
  const shown = [];
  const cards = await Promise.all(photos.map((photo, place) => photoCard(photo, place, shown)));
  const stop = onOutbox(() => redraw());
  return {
    title: entry.state === "received" ? gettext("Receipt") : stateWords(entry),
    node: h("div", {}, entryCard(entry), h("ul", { class: "plain-list" }, cards)),
    leave() {
      stop();
      shown.forEach((address) => URL.revokeObjectURL(address));
    },
  };
}

/** Name this screen's address. */
export function register(route) {
  route("receipt/:id", screen);
}
