/** A card that says one thing and leads on from it. */

import { h } from "./dom.js";

/** The card: a sentence, and a large door with its words. */
export function doorCard(sentence, href, words) {
  return h(
    "section",
    { class: "card" },
    h("p", {}, sentence),
    h("a", { class: "big-button", href }, words),
  );
}
