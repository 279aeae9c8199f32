/** The legend: what colours, outlines and patterns mean, with the number of sites of each. */
import { config, number, sentence, word } from "./config.js";
import { byId, el, fill } from "./dom.js";
import { getState, setFilter, setState } from "./state.js";
import { lineMark, mark, symbolColour } from "./icons.js";
import { PHASES, ground } from "./palette.js";
import { shownKinds, showsAssets } from "./layers.js";
import { upkeepLegend } from "./upkeep-legend.js";

const LIGHTS = ["green", "yellow", "red"];

/** Add or remove values of a filter. */
function toggleFilter(name, values) {
  const before = getState().filter[name] || [];
  const all = values.every((value) => before.includes(value));
  const rest = before.filter((value) => !values.includes(value));
  setFilter({ [name]: all ? rest : rest.concat(values) });
}

function line(name, values, symbol, text, count) {
  const chosen = getState().filter[name] || [];
  const pressed = values.every((value) => chosen.includes(value));
  return el("li", {},
    el("button", {
      type: "button", class: "mk-legend-row", "aria-pressed": String(pressed),
      title: sentence(gettext("Show only: %(what)s"), { what: text }),
      onclick: () => toggleFilter(name, values),
    }, el("span", { class: "mk-symbol" }, symbol), el("span", { class: "mk-legend-text" }, text), el("span", { class: "mk-count" }, count)));
}

function sum(counts, group, values) {
  return counts ? number(values.reduce((all, value) => all + (counts[group][value] || 0), 0)) : "–";
}

function colouring(by) {
  const choice = (value, text) => el("label", { class: by === value ? "is-chosen" : "" },
    el("input", { type: "radio", name: "map-by", value, checked: by === value, onchange: () => setState({ by: value }) }), text);
  return el("fieldset", { class: "mk-segments" },
    el("legend", {}, gettext("Colour shows")),
    el("div", {}, choice("delay", colouringName()), choice("state", gettext("State"))));
}

/** What the first colouring shows of what is drawn: delay of sites, upkeep of assets. */
function colouringName() {
  if (!showsAssets() || config.public) return gettext("Delay");
  return shownKinds().length ? gettext("Delay and upkeep") : gettext("Upkeep");
}

function heading(text) {
  return el("h3", {}, text);
}

/** Draw the legend for counts (or without any), a theme and the colouring in force. */
export function drawLegend(counts, theme, assetCounts) {
  const { by } = getState();
  // The public's assets have one colouring alone: by state.
  const choosable = shownKinds().length > 0 || (showsAssets() && !config.public);
  fill(byId("map-legend"), choosable ? colouring(by) : null, shownKinds().length ? siteLegend(counts, theme) : null, upkeepLegend(assetCounts, theme));
}

function siteLegend(counts, theme) {
  const { by } = getState();
  const delays = LIGHTS.map((delay) => line("delay", [delay],
    mark({ delay, phase: "done", by: by === "delay" ? "delay" : "state", theme }), word("delay", delay), sum(counts, "delay", [delay])));
  const phases = Object.keys(PHASES).map((phase) => line("state", PHASES[phase], [
    lineMark({ colour: symbolColour("green", phase, by, theme), phase }),
    mark({ delay: "green", phase, by, theme }),
  ], word("phase", phase), sum(counts, "state", PHASES[phase])));
  const lights = config.added.filter((entry) => entry.values.some(([value]) => value === "red")).map((entry) => [
    heading(entry.title),
    el("ul", { class: "mk-legend-list" }, entry.values.map(([value, text]) => line(entry.name, [value], LIGHTS.includes(value) ? mark({ delay: value, theme }) : null, text, ""))),
  ]);
  const ink = ground(theme).text;
  const classes = [["county", 4.6], ["township", 3], ["village", 1.8]].map(([code, width]) => el("li", { class: "mk-legend-row" },
    el("span", { class: "mk-symbol" }, lineMark({ colour: ink, width })), el("span", { class: "mk-legend-text" }, word("road_class", code))));
  return [
    heading(gettext("Delay: outline of the symbol")),
    el("ul", { class: "mk-legend-list" }, delays),
    heading(gettext("State: line pattern and filling")),
    el("ul", { class: "mk-legend-list" }, phases),
    lights,
    heading(gettext("Road class: width")),
    el("ul", { class: "mk-legend-list mk-legend-classes" }, classes),
    el("p", { class: "mk-legend-note" }, gettext("A number in a ring is a group of sites; the ring shows which part of them is late.")),
  ];
}
