/** Popups of assets, defects and work orders: the main facts, and the ways to their pages. */
import { config, date, kilometres, nameOf, sentence, word } from "./config.js";
import { el } from "./dom.js";
import { assetPlace, assetTags, chainage, stretch } from "./asset-items.js";
import { basketButton } from "./basket.js";
import { upkeepMark } from "./upkeep-icons.js";

function fact(term, value) {
  return value ? [el("dt", {}, term), el("dd", {}, value)] : null;
}

function link(href, text, primary) {
  return el("a", { class: primary ? "button primary" : "button", href }, text);
}

function closureWords(closure) {
  const until = closure.until_date ? date(closure.until_date) : gettext("until further notice");
  const days = sentence(gettext("%(from)s to %(until)s"), { from: date(closure.from_date), until });
  return el("p", { class: "mk-popup-late" }, [`${word("closure_kind", closure.kind)} ${stretch(closure)}`, days, closure.reason, closure.detour].filter(Boolean).join(" · "));
}

function assetLinks(feature, zoom) {
  const { urls } = config;
  const { plate } = feature.properties;
  const query = `asset=${feature.id}`;
  return el("div", { class: "mk-popup-actions" },
    urls.assetPage ? link(`${urls.assetPage}${feature.id}/`, gettext("Open asset page"), true) : null,
    urls.platePage && plate ? link(`${urls.platePage}${plate}/`, gettext("Open public page"), true) : null,
    el("button", { type: "button", class: "button", onclick: zoom }, gettext("Zoom to")),
    urls.defectNew ? el("a", { class: "mk-popup-link", href: `${urls.defectNew}?${query}` }, gettext("Report a defect")) : null,
    urls.orderNew ? el("a", { class: "mk-popup-link", href: `${urls.orderNew}?${query}` }, gettext("Issue a work order")) : null);
}

function assetContent(feature, theme, zoom) {
  const { properties } = feature;
  return [
    el("p", { class: "mk-popup-kind" }, [gettext("Asset"), properties.code].join(" · ")),
    el("h2", { class: "mk-popup-name" }, nameOf(properties)),
    el("p", { class: "mk-item-place" }, assetPlace(properties)),
    el("div", { class: "mk-tags" }, assetTags(properties, theme)),
    (properties.closures || []).map(closureWords),
    el("dl", { class: "mk-facts" },
      fact(gettext("Upkeep party"), properties.upkeep_party_name),
      fact(gettext("Agreement"), properties.agreement_number),
      fact(gettext("Last inspected on"), date(properties.last_inspected_on)),
      fact(gettext("Next inspection due"), date(properties.next_due_on))),
    assetLinks(feature, zoom),
  ];
}

function defectContent(feature, theme, zoom) {
  const { properties } = feature;
  const { urls } = config;
  const tag = (mark, text) => el("span", { class: "mk-tag" }, mark, text);
  return [
    el("p", { class: "mk-popup-kind" }, sentence(gettext("Defect #%(number)s"), { number: properties.number })),
    el("h2", { class: "mk-popup-name" }, word("defect_kind", properties.kind)),
    el("div", { class: "mk-tags" }, tag(upkeepMark("defect", properties.severity, "false", theme), word("severity", properties.severity)), tag(null, word("defect_state", properties.state))),
    el("dl", { class: "mk-facts" },
      fact(gettext("Asset"), properties.asset_name),
      fact(gettext("Chainage"), properties.chainage_m ? chainage(properties.chainage_m) : ""),
      fact(gettext("Found on"), date(properties.found_at)),
      fact(gettext("Description"), properties.description)),
    el("div", { class: "mk-popup-actions" },
      link(`${urls.defectPage}${feature.id}/`, gettext("Open defect page"), true),
      properties.state === "verified" ? basketButton(feature) : null,
      el("button", { type: "button", class: "button", onclick: zoom }, gettext("Zoom to")),
      el("a", { class: "mk-popup-link", href: `${urls.assetPage}${properties.asset}/` }, gettext("Open asset page"))),
  ];
}

function orderContent(feature, theme, zoom) {
  const { properties } = feature;
  const { urls } = config;
  const late = String(Boolean(properties.is_overdue));
  const tag = (mark, text) => el("span", { class: "mk-tag" }, mark, text);
  return [
    el("p", { class: "mk-popup-kind" }, sentence(gettext("Work order #%(number)s"), { number: properties.number })),
    el("h2", { class: "mk-popup-name" }, properties.title),
    el("div", { class: "mk-tags" }, tag(upkeepMark("order", properties.priority, late, theme), word("priority", properties.priority)), tag(null, word("order_state", properties.state)), late === "true" ? tag(null, gettext("Overdue")) : null),
    el("dl", { class: "mk-facts" },
      fact(gettext("Asset"), properties.asset_name),
      fact(gettext("Stretch"), stretch(properties)),
      fact(gettext("Due"), date(properties.due_at)),
      fact(gettext("Executor"), properties.executor_name),
      fact(gettext("Agreement"), properties.agreement_number)),
    el("div", { class: "mk-popup-actions" },
      link(`${urls.orderPage}${feature.id}/`, gettext("Open work order"), true),
      el("button", { type: "button", class: "button", onclick: zoom }, gettext("Zoom to")),
      el("a", { class: "mk-popup-link", href: `${urls.assetPage}${properties.asset}/` }, gettext("Open asset page"))),
  ];
}

const CONTENTS = { asset: assetContent, defect: defectContent, order: orderContent };

/** The popup's content for a thing that is no site. */
export function upkeepContent(thing, feature, theme, zoom) {
  const name = nameOf(feature.properties) || feature.properties.title || word("defect_kind", feature.properties.kind);
  return el("article", { class: "mk-popup", "aria-label": name }, CONTENTS[thing](feature, theme, zoom));
}

/** How far away an asset is, in words, for the suggestion of the nearest one. */
export function metresWords(metres) {
  return metres < 1000 ? sentence(gettext("%(length)s m"), { length: Math.round(metres) }) : kilometres(metres);
}
