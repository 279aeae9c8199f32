/** Figures above the map in full screen: how many sites, how far, how late. */
import { config, nameOf, number, word } from "./config.js";
import { byId, el, fill } from "./dom.js";
import { PHASES } from "./palette.js";
import { mark } from "./icons.js";

function figure(text, value, symbol) {
  return el("div", {}, el("dt", {}, symbol || null, text), el("dd", {}, number(value)));
}

function sum(numbers, codes) {
  return codes.reduce((all, code) => all + (numbers[code] || 0), 0);
}

/** Show the figures of the filter in force. */
export function drawBoard(counts, theme) {
  const { districts } = config.places;
  fill(byId("map-board"),
    el("div", { class: "mk-board-title" }, districts.length === 1 ? nameOf(districts[0]) : gettext("Livelihood projects")),
    el("dl", {},
      figure(gettext("Sites"), counts.total),
      ["work", "done"].map((phase) => figure(word("phase", phase), sum(counts.state, PHASES[phase]))),
      ["yellow", "red"].map((delay) => figure(word("delay", delay), counts.delay[delay] || 0, mark({ delay, theme })))));
}
