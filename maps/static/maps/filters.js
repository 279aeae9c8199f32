/** The filter: a form of choices, and a removable chip for every choice in force. */
import { config, date, nameOf, sentence, word } from "./config.js";
import { byId, el, fill, icon, settled } from "./dom.js";
import { getState, onState, setFilter, setState } from "./state.js";
import { mark } from "./icons.js";
import { PHASES, ground } from "./palette.js";
import { showsAssets } from "./layers.js";
import { ASSET_STATES, GAPS } from "./upkeep.js";
import { upkeepMark } from "./upkeep-icons.js";

const form = byId("map-filters");
let theme = "light";

const TITLES = {
  kind: () => gettext("Kind"),
  state: () => gettext("State"),
  delay: () => gettext("Delay"),
  year: () => gettext("Year"),
  programme: () => gettext("Programme"),
  township: () => gettext("Township"),
  area: () => gettext("Area"),
  category: () => gettext("Category"),
  road_class: () => gettext("Road class"),
  key_plan: () => gettext("Key plan"),
  updated_since: () => gettext("Changed since"),
  id: () => gettext("Chosen sites"),
  q: () => gettext("Text"),
  gap: () => gettext("Upkeep"),
  asset_state: () => gettext("State of assets"),
  late: () => gettext("Work"),
};
/** Parameters that apps add to the filter of sites, by name. */
const ADDED = Object.fromEntries(config.added.map((entry) => [entry.name, entry]));
config.added.forEach((entry) => { TITLES[entry.name] = () => entry.title; });

function found(records, code) {
  const record = records.find((entry) => entry.code === code);
  return record ? nameOf(record) : code;
}

function addedWords(entry, value) {
  const told = entry.values.find(([code]) => code === value);
  if (told) return told[1];
  if (entry.control === "day") return date(value);
  return entry.control === "yes" ? (value === "1" ? gettext("yes") : gettext("no")) : value;
}

/** The words of one value of the filter. */
function valueWords(name, value) {
  const { townships, districts } = config.places;
  if (name === "township" || name === "area") return found(townships.concat(districts), value);
  if (name === "programme") return found(config.programmes, value);
  if (name === "updated_since") return date(value);
  if (name === "gap" && value === "any") return gettext("Any gap");
  if (name === "late") return gettext("Overdue only");
  if (name === "key_plan") return value === "1" ? gettext("yes") : gettext("no");
  if (ADDED[name]) return addedWords(ADDED[name], value);
  if (config.words[name]) return word(name, value);
  return value;
}

/** The chips: one a value, but a whole phase of states counts as one. */
function chips(filter) {
  const all = [];
  Object.keys(filter).forEach((name) => {
    let values = filter[name];
    if (name === "state") {
      Object.keys(PHASES).forEach((phase) => {
        if (!PHASES[phase].every((state) => values.includes(state))) return;
        values = values.filter((value) => !PHASES[phase].includes(value));
        all.push({ name, values: PHASES[phase], words: word("phase", phase) });
      });
    }
    if (name === "id") all.push({ name, values, words: String(values.length) });
    else values.forEach((value) => all.push({ name, values: [value], words: valueWords(name, value) }));
  });
  return all;
}

/** The filter in words, for print and for reports. */
export function filterWords() {
  const all = chips(getState().filter);
  if (!all.length) return gettext("All sites");
  return all.map((chip) => `${TITLES[chip.name]()}: ${chip.words}`).join(" · ");
}

function remove(chip) {
  const rest = (getState().filter[chip.name] || []).filter((value) => !chip.values.includes(value));
  setFilter({ [chip.name]: rest });
  const next = byId("map-chips").querySelector("button") || byId("map-search");
  next.focus();
}

function drawChips() {
  const all = chips(getState().filter);
  const box = byId("map-chips");
  box.hidden = !all.length;
  fill(box,
    all.map((chip) => el("button", {
      type: "button", class: "mk-chip", "data-chip": chip.name,
      "aria-label": sentence(gettext("Remove the filter %(name)s: %(value)s"), { name: TITLES[chip.name](), value: chip.words }),
      onclick: () => remove(chip),
    }, el("span", { class: "mk-chip-name" }, TITLES[chip.name]()), el("span", {}, chip.words), icon("close"))),
    all.length > 1 ? el("button", { type: "button", class: "mk-clear", onclick: () => setState({ filter: {} }, { push: true }) }, gettext("Clear all")) : null);
  document.querySelectorAll("[data-filter-count]").forEach((node) => { node.textContent = all.length ? String(all.length) : ""; });
}

function flip(name, value, on) {
  const before = getState().filter[name] || [];
  setFilter({ [name]: on ? before.concat([value]) : before.filter((kept) => kept !== value) });
}

function choice(name, value, text, symbol) {
  const id = `filter-${name}-${value}`;
  return el("label", { class: "mk-choice", for: id },
    el("input", {
      type: "checkbox", id, value, name,
      checked: (getState().filter[name] || []).includes(String(value)),
      onchange: (event) => flip(name, String(value), event.target.checked),
    }), symbol || null, el("span", {}, text));
}

function group(title, className, ...choices) {
  return el("fieldset", { class: `mk-choices ${className}` }, el("legend", {}, title), el("div", {}, choices));
}

function stateGroups() {
  return Object.keys(PHASES).map((phase) => el("div", { class: "mk-phase" },
    el("p", {}, mark({ delay: "green", phase, by: "state", theme }), word("phase", phase)),
    PHASES[phase].map((state) => choice("state", state, word("state", state)))));
}

/** The name of a programme with its year, which many names hold already. */
function withYear(entry) {
  const name = nameOf(entry);
  return name.includes(String(entry.year)) ? name : `${entry.year} ${name}`;
}

function programmes() {
  return config.programmes.map((entry) => choice("programme", entry.code, withYear(entry)));
}

/** Choices that narrow assets and their upkeep; there is nothing of it on the public's map. */
function upkeepGroups() {
  if (config.public || !showsAssets()) return null;
  const gaps = ["any", ...GAPS].map((gap) => choice("gap", gap, valueWords("gap", gap), upkeepMark("asset", "", gap === "any" ? "no_agreement" : gap, "in_service", "delay", theme)));
  const states = ASSET_STATES.map((state) => choice("asset_state", state, word("asset_state", state), upkeepMark("asset", "", "", state, "state", theme)));
  return [
    group(TITLES.gap(), "mk-pills", gaps),
    group(TITLES.asset_state(), "mk-pills", states),
    group(TITLES.late(), "mk-pills", [choice("late", "1", gettext("Overdue only"), upkeepMark("order", "normal", "true", theme))]),
  ];
}

/** A box for each value, one box for yes, and a field for a day; hidden ones are told as chips. */
function added(entry) {
  if (entry.control === "checks") return group(entry.title, "mk-pills", entry.values.map(([value, text]) => choice(entry.name, value, text, lightMark(value))));
  if (entry.control === "yes") return group(entry.title, "mk-pills", [choice(entry.name, "1", gettext("yes"))]);
  if (entry.control !== "day") return null;
  const id = `filter-${entry.name}`;
  const given = (getState().filter[entry.name] || [""])[0];
  return group(entry.title, "mk-pills", el("input", {
    type: "date", id, value: given, "aria-label": entry.title,
    onchange: (event) => setFilter({ [entry.name]: event.target.value ? [event.target.value] : [] }),
  }));
}

function lightMark(value) {
  return ["green", "yellow", "red"].includes(value) ? mark({ delay: value, theme }) : null;
}

function drawForm() {
  if (form.hidden) return;
  const active = document.activeElement && document.activeElement.id;
  const scroll = form.scrollTop;
  const told = document.querySelector("[data-total]");
  fill(form,
    upkeepGroups(),
    group(TITLES.kind(), "mk-pills", config.kinds.map((kind) => choice("kind", kind, word("kind", kind), mark({ kind, theme, colour: ground(theme).text })))),
    group(TITLES.delay(), "mk-pills", ["green", "yellow", "red"].map((delay) => choice("delay", delay, word("delay", delay), mark({ delay, theme })))),
    group(TITLES.year(), "mk-pills", config.years.map((year) => choice("year", year, String(year)))),
    group(TITLES.state(), "mk-phases", stateGroups()),
    config.places.townships.length ? group(TITLES.township(), "mk-columns", config.places.townships.map((place) => choice("township", place.code, nameOf(place)))) : null,
    config.programmes.length ? group(TITLES.programme(), "mk-rows", programmes()) : null,
    group(TITLES.road_class(), "mk-pills", ["county", "township", "village", "special"].map((code) => choice("road_class", code, word("road_class", code)))),
    config.added.map(added),
    el("div", { class: "mk-form-end" },
      el("button", { type: "button", class: "button", onclick: () => setState({ filter: {} }, { push: true }) }, gettext("Clear all filters")),
      el("button", { type: "button", class: "button primary", onclick: () => setState({ panel: "list" }) }, gettext("Show the list"), el("span", { class: "mk-badge", "data-total": "" }, told ? told.textContent : ""))));
  form.scrollTop = scroll;
  const again = active && document.getElementById(active);
  if (again && form.contains(again)) again.focus();
}

/** Start search box, form and chips. */
export function startFilters(firstTheme) {
  theme = firstTheme;
  const search = byId("map-search");
  const written = () => (getState().filter.q || [""])[0];
  search.value = written();
  const look = settled(() => {
    const text = search.value.trim();
    if (text !== written()) setFilter({ q: text ? [text] : [] });
  }, 350);
  search.addEventListener("input", look);
  form.addEventListener("submit", (event) => event.preventDefault());
  onState((state, changed) => {
    if (!changed.includes("filter")) return;
    if (document.activeElement !== search) search.value = written();
    drawChips();
    drawForm();
  });
  drawChips();
}

/** Show or hide the form in the side panel. */
export function showForm(shown, newTheme) {
  theme = newTheme || theme;
  form.hidden = !shown;
  byId("map-results").hidden = shown;
  byId("map-filter-button").setAttribute("aria-expanded", String(shown));
  drawForm();
}
