/** What the symbols and lines of the map mean, in words. */

import { ASSET_KINDS } from "../choices.js";
import { h } from "../dom.js";
import { lineMark, mark } from "./symbols.js";

/** The legend, folded away until it is wanted. */
export function legend() {
  const kinds = ASSET_KINDS().filter(([code]) => code !== "housing");
  return h("details", { class: "map-legend" },
    h("summary", {}, gettext("What the symbols mean")),
    h("ul", {},
      kinds.map(([code, name]) => h("li", {}, mark(code, ""), lineMark(code), name)),
      h("li", {}, mark("defect", "moderate"), gettext("Open defect")),
      h("li", {}, mark("defect", "serious"), gettext("Serious open defect")),
      h("li", {}, mark("order", ""), gettext("Work order under way")),
      h("li", {}, mark("order", "urgent"), gettext("Urgent work order"))));
}
