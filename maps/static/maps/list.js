/** The list of sites: the equal of the map, by pointer and by keyboard. */
import { config, kilometres, nameOf, number, sentence, word } from "./config.js";
import { byId, el, fill, settled } from "./dom.js";
import { latestOnly } from "./api.js";
import { filterQuery, getState, onState, setState } from "./state.js";
import { effectiveFilter } from "./layers.js";
import { assetItem } from "./asset-items.js";
import { assetQuery, selectedIn } from "./upkeep.js";
import { mark } from "./icons.js";
import { phaseOf } from "./palette.js";

const readPage = latestOnly();
const readCount = latestOnly();
const list = byId("map-list");
const summary = byId("map-summary");
const end = byId("map-list-end");
/** @type {Map<string, Object>} features of the list by identifier */
const features = new Map();
let hooks = { hover() {}, select() {}, bounds() { return null; }, theme() { return "light"; }, shown() {}, page: 30 };
let active = "";

/** The feature of a site, when the list holds it. */
export function listed(id) {
  return features.get(id) || null;
}

/** Whether the list holds assets instead of sites. */
export function listsAssets() {
  return getState().about === "assets";
}

/** The query that stands for what the list holds; null when no layer is shown. */
export function listQuery() {
  if (listsAssets()) {
    const seen = getState().everywhere ? null : hooks.bounds();
    return assetQuery(getState().filter, seen ? { bbox: seen } : {});
  }
  const filter = effectiveFilter();
  if (!filter) return null;
  const box = getState().everywhere ? null : hooks.bounds();
  return filterQuery(filter, box ? { bbox: box } : {});
}

function badge(group, code, symbol) {
  return el("span", { class: `mk-tag mk-${group}-${code}` }, symbol, word(group, code));
}

/** State and delay of a site, each as symbol and word. */
export function tags(properties, theme) {
  const phase = phaseOf(properties.state);
  return [
    badge("state", properties.state, mark({ delay: "green", phase, by: "state", theme })),
    badge("delay", properties.delay, mark({ delay: properties.delay, phase: "done", by: "delay", theme })),
  ];
}

function measureOf(properties) {
  const metres = properties.measured_length_m;
  return properties.kind === "road" && metres ? kilometres(metres) : "";
}

function item(feature) {
  const chosen = feature.id === selectedIn(getState()).id;
  return el("li", {
    role: "option", id: `site-${feature.id}`, class: "mk-item", "data-site": feature.id,
    "aria-selected": String(chosen),
  }, listsAssets() ? assetItem(feature, hooks.theme()) : siteItem(feature));
}

function siteItem(feature) {
  const properties = feature.properties;
  const theme = hooks.theme();
  return [el("span", { class: "mk-symbol" }, mark({ kind: properties.kind, delay: properties.delay, phase: phaseOf(properties.state), theme, by: getState().by })),
  el("div", { class: "mk-item-body" },
    el("div", { class: "mk-item-name" }, nameOf(properties)),
    el("div", { class: "mk-item-place" }, [properties.township_name, word("kind", properties.kind), measureOf(properties)].filter(Boolean).join(" · ")),
    el("div", { class: "mk-tags" }, tags(properties, theme)))];
}

/** Say how many sites there are; the count is exact, the list comes in pages. */
async function tellTotal(query) {
  try {
    const assets = listsAssets();
    const counts = await readCount(`${assets ? config.urls.assetCounts : config.urls.counts}?${query}`);
    if (!counts) return;
    const text = assets ? ngettext("%(count)s asset", "%(count)s assets", counts.total) : ngettext("%(count)s site", "%(count)s sites", counts.total);
    summary.textContent = [sentence(text, { count: number(counts.total) }), lengths(counts)].filter(Boolean).join(" · ");
    document.querySelectorAll("[data-total]").forEach((node) => { node.textContent = number(counts.total); });
  } catch (error) {
    // The list itself fails in the same way and says why.
    summary.textContent = "";
  }
}

/** The length of the roads among them, as declared and as measured. */
function lengths(counts) {
  if (!counts.declared_length_m) return "";
  const [declared, measured] = [counts.declared_length_m, counts.measured_length_m].map((metres) => number(metres / 1000, 2));
  return sentence(gettext("%(declared)s km declared, %(measured)s km mapped"), { declared, measured });
}

function clearButton() {
  return el("button", { type: "button", class: "button", onclick: () => setState({ filter: {} }, { push: true }) }, gettext("Clear all filters"));
}

function emptyWords() {
  const { filter, everywhere } = getState();
  const parts = [el("p", {}, listsAssets() ? gettext("No asset is listed here.") : gettext("No site is listed here."))];
  if (!everywhere) {
    parts.push(el("button", { type: "button", class: "button", onclick: () => setState({ everywhere: true }, { push: true }) }, gettext("List the whole area")));
  }
  if (Object.keys(filter).length) parts.push(clearButton());
  return el("div", { class: "mk-empty" }, parts);
}

function wayOut(status) {
  if (status === 401) {
    const next = encodeURIComponent(window.location.pathname + window.location.search);
    return el("a", { class: "button primary", href: `${config.urls.signIn}?next=${next}` }, gettext("Sign in"));
  }
  return status === 400 ? clearButton() : el("button", { type: "button", class: "button", onclick: () => loadList() }, gettext("Try again"));
}

function failure(error) {
  return el("div", { class: "mk-empty", role: "alert" }, el("p", {}, error.message), wayOut(error.status));
}

function showPage(page, query) {
  page.features.forEach((feature) => {
    features.set(feature.id, feature);
    list.appendChild(item(feature));
  });
  const cursor = page.next_cursor;
  fill(end, cursor
    ? el("button", { type: "button", class: "button mk-more", onclick: () => readMore(query, cursor) }, gettext("Show more"))
    : features.size ? null : emptyWords());
  hooks.shown(Array.from(features.values()));
}

function listAddress() {
  return listsAssets() ? config.urls.assets : config.urls.sites;
}

async function readMore(query, cursor) {
  list.setAttribute("aria-busy", "true");
  try {
    const page = await readPage(`${listAddress()}?${query}&limit=${hooks.page}&cursor=${encodeURIComponent(cursor)}`);
    if (page) showPage(page, query);
  } catch (error) {
    fill(end, failure(error));
  }
  list.removeAttribute("aria-busy");
}

/** Read the list anew for the filter, the layers and the view in force. */
export async function loadList() {
  const query = listQuery();
  if (query === null) {
    features.clear();
    fill(list);
    summary.textContent = gettext("No layer of sites is shown.");
    fill(end);
    return;
  }
  list.setAttribute("aria-busy", "true");
  if (!features.size) fill(end, el("p", { class: "mk-loading" }, gettext("Loading…")));
  tellTotal(query);
  try {
    const page = await readPage(`${listAddress()}?${query}&limit=${hooks.page}`);
    if (!page) return;
    features.clear();
    fill(list);
    showPage(page, query);
    list.parentElement.scrollTop = 0;
    list.dataset.query = query;
  } catch (error) {
    features.clear();
    fill(list);
    fill(end, failure(error));
  }
  list.removeAttribute("aria-busy");
}

/** What is listed is of the other sort: it must not be drawn as this one. */
function forget() {
  features.clear();
  fill(list);
  list.setAttribute("aria-label", listsAssets() ? gettext("Assets") : gettext("Sites"));
}

function setActive(id, scroll) {
  active = id;
  list.querySelectorAll(".is-active").forEach((node) => node.classList.remove("is-active"));
  const node = id && byId(`site-${id}`);
  if (!node) {
    list.removeAttribute("aria-activedescendant");
    return;
  }
  node.classList.add("is-active");
  list.setAttribute("aria-activedescendant", node.id);
  if (scroll) node.scrollIntoView({ block: "nearest" });
}

/** Highlight the entry of the site under the pointer of the map. */
export function pointAt(id) {
  if (id !== active) setActive(id, Boolean(id));
}

const MOVES = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -1e6, End: 1e6 };

function onKey(event) {
  if ((event.key === "Enter" || event.key === " ") && active) {
    event.preventDefault();
    hooks.select(active);
    return;
  }
  const move = MOVES[event.key];
  if (!move) return;
  event.preventDefault();
  const ids = Array.from(features.keys());
  if (!ids.length) return;
  const place = Math.min(Math.max(ids.indexOf(active) + move, 0), ids.length - 1);
  setActive(ids[place], true);
  hooks.hover(ids[place]);
}

function siteOf(event) {
  const node = event.target.closest("[data-site]");
  return node ? node.getAttribute("data-site") : "";
}

/**
 * Start the list.
 * @param {{hover: function(string), select: function(string), bounds: function(): string, theme: function(): string, shown: function(Object[]), page: number}} given
 *   `page` is how many sites are read at a time
 */
export function startList(given) {
  hooks = given;
  list.addEventListener("keydown", onKey);
  list.addEventListener("click", (event) => siteOf(event) && hooks.select(siteOf(event)));
  list.addEventListener("mouseover", (event) => {
    const id = siteOf(event);
    if (id && id !== active) {
      setActive(id, false);
      hooks.hover(id);
    }
  });
  ["mouseleave", "blur"].forEach((name) => list.addEventListener(name, () => {
    setActive("", false);
    hooks.hover("");
  }));
  const soon = settled(loadList, 120);
  const extent = byId("map-extent");
  extent.checked = !getState().everywhere;
  extent.addEventListener("change", () => setState({ everywhere: !extent.checked }, { push: true }));
  onState((state, changed) => {
    extent.checked = !state.everywhere;
    if (changed.some((part) => ["site", "asset"].includes(part))) markChosen(state.site || state.asset);
    if (changed.includes("about")) forget();
    if (changed.some((part) => ["filter", "layers", "everywhere", "about"].includes(part))) soon();
    else if (changed.includes("view") && !state.everywhere) soon();
    else if (changed.includes("by")) redraw();
  });
}

/** Take the selected row into the list, at its head, when the list does not hold it yet. */
export function ensureListed(thing, feature) {
  if (thing !== (listsAssets() ? "asset" : "site")) return;
  if (features.has(feature.id)) return;
  features.set(feature.id, feature);
  list.insertBefore(item(feature), list.firstChild);
}

/** Mark the selected site in the list. */
export function markChosen(id) {
  list.querySelectorAll("[aria-selected='true']").forEach((node) => node.setAttribute("aria-selected", "false"));
  const node = id && byId(`site-${id}`);
  if (node) {
    node.setAttribute("aria-selected", "true");
    node.scrollIntoView({ block: "nearest" });
  }
}

/** Draw the same entries again, in another theme or colouring. */
export function redraw() {
  const kept = Array.from(features.values());
  fill(list, kept.map(item));
}
