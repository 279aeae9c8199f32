/** A newcomer's first minute: from the map to a road, its township's mileage, and an export. */
import { byId, el, fill, icon } from "./dom.js";

const KEY = "atlas-map-hint";
const box = byId("map-hint");
let done = { road: false, township: false, export: false };

function remember(value) {
  try {
    window.localStorage.setItem(KEY, value);
  } catch (error) {
    // Storage may be forbidden: the hint then comes again with the next visit.
  }
}

function remembered() {
  try {
    return window.localStorage.getItem(KEY) || "";
  } catch (error) {
    return "";
  }
}

function steps() {
  return [
    ["road", gettext("Click a road on the map or in the list")],
    ["township", gettext("Open the mileage of its township from the popup")],
    ["export", gettext("Export what the list shows")],
  ];
}

function dismiss() {
  box.hidden = true;
  remember("dismissed");
}

function draw() {
  const next = steps().find(([step]) => !done[step]);
  fill(box,
    el("p", { class: "mk-hint-title" }, gettext("Your first minute")),
    el("ol", {}, steps().map(([step, text], place) => el("li", {
      value: place + 1,
      class: done[step] ? "is-done" : next && next[0] === step ? "is-next" : "",
      "aria-current": next && next[0] === step ? "step" : null,
    }, text, done[step] ? el("span", { class: "mk-hidden" }, gettext("(done)")) : null))),
    el("button", { type: "button", class: "mk-hint-close", "aria-label": gettext("Hide the first steps"), onclick: dismiss }, icon("close")));
}

/** Mark a step as done; the last one closes the hint. */
export function stepDone(step) {
  if (box.hidden || done[step]) return;
  done = Object.assign({}, done, { [step]: true });
  remember(Object.keys(done).filter((name) => done[name]).join(","));
  if (Object.keys(done).every((name) => done[name])) dismiss();
  else draw();
}

/** Show the steps again from the first. */
export function showHint() {
  done = { road: false, township: false, export: false };
  box.hidden = false;
  draw();
}

/** Show the steps to those who have not put them away. */
export function startHint() {
  const before = remembered();
  document.addEventListener("click", (event) => {
    const target = event.target.closest && event.target.closest("[data-hint]");
    if (target) stepDone(target.getAttribute("data-hint"));
  });
  if (before === "dismissed") return;
  before.split(",").forEach((step) => {
    if (step in done) done[step] = true;
  });
  box.hidden = false;
  draw();
}
