/** What was tapped on the map: what it is, where on the road, how far from me, and the doors. */

import { ASSET_KINDS, DEFECT_KINDS, ORDER_STATES, PRIORITIES, SEVERITIES, word } from "../choices.js";
import { fill, h } from "../dom.js";
import { assetFacts } from "../forms/asset_line.js";
import { chainageText } from "../forms/values.js";
import { farWords } from "../position.js";
import { currentSession } from "../session.js";
import { doors } from "../screens/asset.js";
import { inWords, said } from "../words.js";
import { chainageAt, metresTo } from "./geometry.js";
import { mark } from "./symbols.js";

function joined(...parts) {
  return parts.filter(Boolean).join(" · ");
}

/** A thing of the map in one line: its symbol's sort, its title, what it is. */
export function lineOf({ sort, record }) {
  if (sort === "defect") {
    return {
      title: word(DEFECT_KINDS, record.kind),
      detail: joined(
        pgettext("field record", "Defect"),
        word(SEVERITIES, record.severity),
        chainageText(record.chainage_m),
      ),
      href: `#/asset/${record.asset}`,
    };
  }
  if (sort === "order") {
    return {
      title: record.title || record.number,
      detail: joined(
        pgettext("field record", "Work order"),
        word(PRIORITIES, record.priority),
        word(ORDER_STATES, record.state),
      ),
      href: `#/order/${record.id}`,
    };
  }
  return {
    title: inWords(record) || record.code,
    detail: word(ASSET_KINDS, record.kind),
    href: `#/asset/${record.id}`,
  };
}

function gradeOf({ sort, record }) {
  return sort === "defect" ? record.severity : sort === "order" ? record.priority : "";
}

/** The symbol of a thing. */
export function markOf(thing) {
  return mark(thing.sort === "asset" ? thing.record.kind : thing.sort, gradeOf(thing));
}

function assetBody(asset, { tapped, position }) {
  const at = tapped ? chainageAt(asset, tapped) : null;
  return [
    h("p", { class: "map-facts" }, joined(asset.code, assetFacts(asset))),
    h("p", { class: "map-facts" },
      joined(
        at === null ? "" : said(gettext("You tapped at %(place)s"), { place: chainageText(at) }),
        farWords(position ? metresTo(asset.geometry, position.lon, position.lat) : null),
      )),
    doors(asset.id, currentSession().me),
  ];
}

function otherBody(thing, asset) {
  const { href, detail } = lineOf(thing);
  return [
    h("p", { class: "map-facts" }, joined(detail, asset ? inWords(asset) : "")),
    thing.record.description ? h("p", {}, thing.record.description) : null,
    h("a", { class: "big-button", href },
      thing.sort === "order" ? gettext("Open the work order") : gettext("Open the asset")),
  ];
}

function others(things, chosen, choose) {
  const rest = things.filter((thing) => thing !== chosen);
  if (!rest.length) return null;
  return h("div", { class: "map-others" },
    h("h3", {}, gettext("Also here")),
    rest.map((thing) =>
      h("button", { type: "button", class: "map-other", onclick: () => choose(thing) },
        markOf(thing),
        h("span", {}, h("strong", {}, lineOf(thing).title),
          h("span", { class: "map-facts" }, lineOf(thing).detail)))));
}

function header(thing, close) {
  const title = lineOf(thing).title;
  const heading = thing.sort === "asset"
    ? h("a", { href: lineOf(thing).href }, title)
    : title;
  return h("div", { class: "map-sheet-head" },
    markOf(thing),
    h("h2", { tabindex: "-1" }, heading),
    h("button", {
      type: "button",
      class: "map-close",
      "aria-label": gettext("Close"),
      onclick: close,
    }, "×"));
}

/**
 * Fill the sheet.
 * @param {HTMLElement} box
 * @param {Object[]} things of hits.js; the first is shown, the others can be chosen
 * @param {{assets: Object[], tapped: (Object|null), position: (Object|null),
 *   close: function(): void, chosen: function(Object): void}} context
 */
export function showSheet(box, things, context) {
  const show = (thing) => {
    const asset = thing.sort === "asset"
      ? thing.record
      : context.assets.find(({ id }) => String(id) === String(thing.record.asset));
    fill(box,
      header(thing, context.close),
      thing.sort === "asset" ? assetBody(asset, context) : otherBody(thing, asset),
      others(things, thing, show));
    box.hidden = false;
    box.scrollTop = 0;
    context.chosen(asset || null);
    box.querySelector("h2").focus({ preventScroll: true });
  };
  show(things[0]);
}
