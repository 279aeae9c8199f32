/** Several defects of one asset, chosen one after the other for a common work order. */
import { config, number, sentence } from "./config.js";
import { byId, el, fill } from "./dom.js";

/** @type {Map<string, Object>} chosen defects by identifier */
const chosen = new Map();

function orderAddress() {
  const [first] = chosen.values();
  const defects = Array.from(chosen.keys()).map((id) => `defect=${id}`).join("&");
  return `${config.urls.orderNew}?asset=${first.properties.asset}&${defects}`;
}

function draw() {
  const box = byId("map-basket");
  box.hidden = !chosen.size;
  if (!chosen.size) return;
  const text = ngettext("%(count)s defect chosen", "%(count)s defects chosen", chosen.size);
  fill(box,
    el("strong", {}, sentence(text, { count: number(chosen.size) })),
    el("a", { class: "button primary", href: orderAddress() }, gettext("Issue one work order")),
    el("button", { type: "button", class: "button", onclick: empty }, gettext("Choose none")));
}

function empty() {
  chosen.clear();
  draw();
}

/** Choose a defect, or no longer; those of another asset leave, for an order has one asset. */
export function flipDefect(feature) {
  if (!chosen.delete(feature.id)) {
    const [first] = chosen.values();
    if (first && first.properties.asset !== feature.properties.asset) chosen.clear();
    chosen.set(feature.id, feature);
  }
  draw();
}

/** The button of a defect's popup. */
export function basketButton(feature) {
  const words = () => (chosen.has(feature.id) ? gettext("Leave out of the order") : gettext("Choose for a work order"));
  const button = el("button", {
    type: "button", class: "button", "data-basket": feature.id, "aria-pressed": String(chosen.has(feature.id)),
    onclick: () => {
      flipDefect(feature);
      button.textContent = words();
      button.setAttribute("aria-pressed", String(chosen.has(feature.id)));
    },
  }, words());
  return config.urls.orderNew ? button : null;
}
