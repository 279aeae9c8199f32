/** The popup of a site: who it is, how it stands, and what can be done. */
import { config, date, kilometres, nameOf, number, sentence, word } from "./config.js";
import { el } from "./dom.js";
import { leaflet } from "./glmap.js";
import { tags } from "./list.js";

let popup = null;

function fact(term, value) {
  return value ? [el("dt", {}, term), el("dd", {}, value)] : null;
}

/** How late a site is, in words. */
function delayWords(properties) {
  if (!properties.days_late) return "";
  const text = ngettext("%(days)s day behind plan", "%(days)s days behind plan", properties.days_late);
  return sentence(text, { days: number(properties.days_late) });
}

function progress(properties) {
  const percent = Math.min(Math.max(Number(properties.progress_percent) || 0, 0), 100);
  const meter = el("progress", { max: 100, value: percent, "aria-label": gettext("Progress") });
  return el("div", { class: "mk-progress" }, meter, el("span", {}, `${number(percent, percent % 1 ? 1 : 0)} %`));
}

/** The programme with its year, which many names hold already. */
function programmeName(properties) {
  const record = config.programmes.find((entry) => entry.code === properties.programme);
  const name = record ? nameOf(record) : properties.programme || "";
  return name.includes(String(properties.year)) ? name : `${properties.year} ${name}`;
}

function lengths(properties) {
  const parts = [];
  if (properties.measured_length_m) parts.push(sentence(gettext("measured %(length)s"), { length: kilometres(properties.measured_length_m) }));
  if (properties.declared_length_m) parts.push(sentence(gettext("declared %(length)s"), { length: kilometres(properties.declared_length_m) }));
  return parts.join(gettext(", "));
}

function actions(feature, zoom) {
  const { urls } = config;
  const { township } = feature.properties;
  return el("div", { class: "mk-popup-actions" },
    urls.list ? el("a", { class: "button primary", href: `${urls.list}${feature.id}/` }, gettext("Open site page")) : null,
    el("button", { type: "button", class: "button", onclick: zoom }, gettext("Zoom to")),
    urls.area && township ? el("a", { class: "mk-popup-link", "data-hint": "township", href: `${urls.area}${township}/` }, gettext("Township mileage")) : null);
}

function content(feature, theme, zoom) {
  const properties = feature.properties;
  const roadClass = properties.road_class ? word("road_class", properties.road_class) : "";
  return el("article", { class: "mk-popup", "aria-label": nameOf(properties) },
    el("p", { class: "mk-popup-kind" }, [word("kind", properties.kind), roadClass, properties.route_code || properties.code].filter(Boolean).join(" · ")),
    el("h2", { class: "mk-popup-name" }, nameOf(properties)),
    el("div", { class: "mk-tags" }, tags(properties, theme)),
    delayWords(properties) ? el("p", { class: "mk-popup-late" }, delayWords(properties)) : null,
    progress(properties),
    el("dl", { class: "mk-facts" },
      fact(gettext("Township"), properties.township_name),
      fact(gettext("Programme"), programmeName(properties)),
      fact(gettext("Length"), properties.kind === "road" ? lengths(properties) : ""),
      fact(gettext("Responsible unit"), [properties.owner, properties.contractor].filter(Boolean).join(gettext(", "))),
      fact(gettext("Planned finish"), date(properties.planned_finish)),
      fact(gettext("Finished on"), date(properties.actual_finish))),
    actions(feature, zoom));
}

/**
 * Show the popup of a site.
 * @param {Object} feature of the sites interface
 * @param {L.LatLng} at
 * @param {{theme: string, room: Object, zoom: function(), closed: function(), content?: HTMLElement}} hooks `room` is kept clear at the edges; `content` stands in for a site's
 */
export function showPopup(feature, at, hooks) {
  closePopup();
  const mine = window.L.popup({
    maxWidth: 320, minWidth: 260, closeOnClick: false, className: "mk-leaflet-popup",
    autoPanPaddingTopLeft: hooks.room.paddingTopLeft, autoPanPaddingBottomRight: hooks.room.paddingBottomRight,
  }).setLatLng(at).setContent(hooks.content || content(feature, hooks.theme, hooks.zoom));
  popup = mine;
  mine.on("remove", () => {
    if (popup !== mine) return;
    popup = null;
    hooks.closed();
  });
  mine.openOn(leaflet);
  const close = mine.getElement() && mine.getElement().querySelector(".leaflet-popup-close-button");
  if (close) close.setAttribute("aria-label", gettext("Close"));
}

/** Close the popup without telling anybody; whether there was one. */
export function closePopup() {
  if (!popup) return false;
  const old = popup;
  popup = null;
  leaflet.closePopup(old);
  return true;
}
