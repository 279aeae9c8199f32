/**
 * Printing: the page becomes a sheet of A4 or A3 with title, map, legend, scale, date and filter.
 * The map on the sheet stays alive, so that people choose what it shows before they print.
 */
import { date, sentence } from "./config.js";
import { byId, el, fill } from "./dom.js";
import { leaflet, whenDrawn } from "./glmap.js";
import { roomRound } from "./tools.js";
import { filterWords } from "./filters.js";

const SHEETS = { a4: { name: "A4", width: "297mm", height: "210mm" }, a3: { name: "A3", width: "420mm", height: "297mm" } };
const dialog = byId("map-print-dialog");
let before = null;
let pageRule = null;

/** Tell the printer the size of the sheet; the rule goes into the style sheet of this module. */
function setPage(sheet) {
  const sheets = Array.from(document.styleSheets);
  const own = sheets.find((entry) => entry.href && entry.href.includes("map-print")) || sheets[0];
  clearPage();
  own.insertRule(`@page { size: ${sheet.width} ${sheet.height}; margin: 0; }`, own.cssRules.length);
  pageRule = own;
}

function clearPage() {
  if (pageRule) pageRule.deleteRule(pageRule.cssRules.length - 1);
  pageRule = null;
}

function words(selector, text) {
  document.querySelectorAll(selector).forEach((node) => { node.textContent = text; });
}

function today() {
  const now = new Date();
  const two = (part) => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** What of the map is not under the legend or a sheet. */
function uncovered() {
  const { paddingTopLeft: [left, top], paddingBottomRight: [right, bottom] } = roomRound();
  const size = leaflet.getSize();
  return window.L.latLngBounds(
    leaflet.containerPointToLatLng([left, size.y - bottom]), leaflet.containerPointToLatLng([size.x - right, top]));
}

/** Enter the sheet. @param {"a4"|"a3"} size @param {string} title */
function enterSheet(size, title) {
  before = { center: leaflet.getCenter(), zoom: leaflet.getZoom() };
  const bounds = uncovered();
  document.body.classList.add("is-printing", `is-${size}`);
  words("[data-print-title]", title);
  words("[data-print-words]", filterWords());
  words("[data-print-date]", sentence(gettext("Printed on %(date)s"), { date: date(today()) }));
  words("[data-print-source]", window.location.host);
  setPage(SHEETS[size]);
  leaflet.invalidateSize({ animate: false });
  leaflet.fitBounds(bounds, { animate: false });
  document.querySelector("[data-print-now]").focus();
}

/** Leave the sheet; whether there was one. */
export function leaveSheet() {
  if (!before) return false;
  document.body.classList.remove("is-printing", "is-a4", "is-a3");
  clearPage();
  leaflet.invalidateSize({ animate: false });
  leaflet.setView(before.center, before.zoom, { animate: false });
  before = null;
  return true;
}

/** Whether the page is a sheet now. */
export function isSheet() {
  return Boolean(before);
}

function choices() {
  return Object.keys(SHEETS).map((size, index) => el("label", { class: "mk-choice" },
    el("input", { type: "radio", name: "print-size", value: size, checked: index === 0 }),
    el("span", {}, sentence(gettext("%(size)s landscape"), { size: SHEETS[size].name }))));
}

/**
 * Ask for title and size, then show the sheet.
 * @param {{open: function(HTMLElement), close: function()}} dialogs
 */
export function askForSheet(dialogs) {
  const title = el("input", { id: "map-print-name", type: "text", maxlength: 80, value: gettext("Map of livelihood projects") });
  const form = el("form", {
    class: "mk-dialog-box",
    onsubmit: (event) => {
      event.preventDefault();
      const size = new FormData(form).get("print-size");
      dialogs.close();
      enterSheet(size, title.value);
    },
  },
  el("h2", { id: "map-print-title" }, gettext("Print the map")),
  el("label", { class: "mk-field", for: title.id }, gettext("Title"), title),
  el("fieldset", { class: "mk-choices mk-pills" }, el("legend", {}, gettext("Paper")), el("div", {}, choices())),
  el("div", { class: "mk-form-end" },
    el("button", { type: "button", class: "button", onclick: dialogs.close }, gettext("Cancel")),
    el("button", { type: "submit", class: "button primary" }, gettext("Show the sheet"))));
  fill(dialog, form);
  dialogs.open(dialog);
}

document.querySelector("[data-print-now]").addEventListener("click", () => whenDrawn(() => window.print()));
document.querySelector("[data-print-leave]").addEventListener("click", leaveSheet);
