/** Something new: the assets nearest to me, a search that works offline, the plate, a patrol. */

import { dayWords } from "../due_light.js";
import { fill, h } from "../dom.js";
import { assetFacts } from "../forms/asset_line.js";
import { finds } from "../initials.js";
import { nearest } from "../map/geometry.js";
import { accuracyWords, farWords, whereAmI } from "../position.js";
import { recordsOf } from "../records.js";
import { notHere, row, section } from "../rows.js";
import { inWords, said } from "../words.js";

const NEAR = 8;
const MOST = 30;

function assetRow(asset) {
  return row({
    href: `#/asset/${asset.id}`,
    title: inWords(asset),
    detail: [farWords(asset.distance_m), asset.code, assetFacts(asset)].filter(Boolean).join(" · "),
  });
}

function searched(assets, text) {
  const found = assets.filter((asset) => finds(text, asset));
  if (!found.length) return h("p", { class: "empty" }, gettext("No asset on this phone fits."));
  const words = said(gettext("%(count)s assets"), { count: found.length });
  return [h("p", { class: "fine" }, words), h("ul", { class: "rows" }, found.slice(0, MOST).map(assetRow))];
}

function nearby(assets, position) {
  if (position === undefined) return h("p", { role: "status" }, gettext("Looking for the position …"));
  if (!position) {
    const words = gettext("The phone gave no position. Search by name or code, or scan the plate.");
    return [h("p", { class: "caution", role: "status" }, words), listed(assets)];
  }
  const accuracy = accuracyWords(position.accuracy_m);
  const words = said(gettext("Nearest to you (%(accuracy)s)"), { accuracy });
  const rows = nearest(assets, position.lon, position.lat, NEAR).map(assetRow);
  return [h("h2", { role: "status" }, words), h("ul", { class: "rows" }, rows)];
}

function listed(assets) {
  return h("ul", { class: "rows" }, assets.slice(0, MOST).map(assetRow));
}

function patrols(plans, me) {
  if (!me || !me.may || !me.may.patrol) return null;
  const own = (me.organisations || []).map(({ id }) => id);
  const rows = plans
    .filter((plan) => !plan.organisation || own.includes(plan.organisation))
    .map((plan) =>
      row({
        href: `#/patrol/new?plan=${plan.id}`,
        title: plan.name,
        detail: plan.next_due_on ? dayWords(plan.next_due_on) : "",
      }));
  return [
    section(gettext("Patrols"), rows, { most: 4 }),
    h("a", { class: "button wide", href: "#/patrol/new" }, gettext("Patrol without a plan")),
  ];
}

async function screen(params, session) {
  const assets = await recordsOf("asset");
  const plans = await recordsOf("patrol_plan");
  let position;
  let isOpen = true;
  const results = h("div", { class: "results" });
  const search = h("input", {
    id: "field-search",
    class: "control",
    type: "search",
    autocomplete: "off",
    placeholder: gettext("Name, code or first letters"),
    onInput: () => draw(),
  });
  const draw = () => {
    const text = search.value.trim();
    fill(results, text ? searched(assets, text) : nearby(assets, position));
  };
  const node = h(
    "div",
    { class: "new" },
    h(
      "div",
      { class: "field" },
      h("label", { for: "field-search" }, gettext("Find an asset")),
      search,
    ),
    h("a", { class: "button wide", href: "#/scan" }, gettext("Scan the plate")),
    assets.length ? results : notHere(gettext("There are no assets on this phone yet.")),
    h("div", { class: "patrols" }, patrols(plans, session.me)),
  );
  draw();
  whereAmI().then((found) => {
    position = found;
    if (isOpen) draw();
  });
  return {
    title: gettext("New"),
    node,
    leave: () => {
      isOpen = false;
    },
  };
}

/** Register the address of the choice of an asset. */
export function register(route) {
  route("new", screen);
}
