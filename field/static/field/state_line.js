/** How an entry stands, in one line of words with a sign of its own shape. */

import { h } from "./dom.js";
import { stateWords } from "./states.js";
import { said } from "./words.js";

const SIGNS = { draft: "○", ready: "◔", sending: "◑", received: "●", attention: "▲" };

function photoWords(photos) {
  const left = photos.filter((photo) => photo.state !== "received").length;
  if (!left) return "";
  const text = ngettext("%(left)s photo not yet received", "%(left)s photos not yet received", left);
  return said(text, { left });
}

/** The line; `photos` are the entry's photos as the phone keeps them. */
export function stateLine(entry, photos = []) {
  const rest = entry.state === "draft" ? "" : photoWords(photos);
  return h(
    "p",
    { class: "state-line", "data-state": entry.state, role: "status" },
    h("span", { class: "state-sign", "aria-hidden": "true" }, SIGNS[entry.state]),
    " ",
    [stateWords(entry), rest].filter(Boolean).join(" · "),
  );
}
