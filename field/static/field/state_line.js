/** How an entry stands, in one line of words with a sign of its own shape. */

import { h } from "./dom.js";
import { said, when } from "./words.js";

const SIGNS = { draft: "○", ready: "◔", sending: "◑", received: "●", attention: "▲" };

/** The words of an entry's state; `photos` are its photos as the phone keeps them. */
export function stateWords(entry, photos = []) {
  if (entry.state === "draft") return gettext("Draft, on this phone only");
  if (entry.state === "ready") return gettext("On this phone, waits to be sent");
  if (entry.state === "sending") return gettext("Being sent");
  if (entry.state === "attention") return problemWords(entry);
  return receivedWords(entry, photos);
}

function problemWords(entry) {
  const { problem } = entry;
  const message = problem && (problem.message || problem.code);
  if (!message) return gettext("The register did not take this entry. It is still on this phone.");
  return said(gettext("The register did not take this entry: %(reason)s"), { reason: message });
}

function receivedWords(entry, photos) {
  const at = when(entry.receipt && entry.receipt.received_at);
  const left = photos.filter((photo) => photo.state !== "received").length;
  if (!left) return said(gettext("Received at %(time)s"), { time: at });
  const sentence = ngettext(
    "Received at %(time)s; %(left)s photo still waits to be sent",
    "Received at %(time)s; %(left)s photos still wait to be sent",
    left,
  );
  return said(sentence, { time: at, left });
}

/** The line as an element. */
export function stateLine(entry, photos = []) {
  return h(
    "p",
    { class: `state-line state-${entry.state}`, role: "status" },
    h("span", { class: "state-sign", "aria-hidden": "true" }, SIGNS[entry.state]),
    " ",
    stateWords(entry, photos),
  );
}
