/** The slider over months, with play and pause; it shows the state at the end of each month. */

import { calm } from "./chart-look.js";

const STEP_MS = 1300;
const CALM_STEP_MS = 2600;
let playing = false;
let timer = 0;

/** The months that have ended, in order, and today at the end. */
function stepsOf(data) {
  const steps = data.months
    .filter((row) => row.choose)
    .map((row) => ({ label: row.month, query: row.is_chosen ? data.query : row.choose }));
  return [...steps, { label: gettext("Today"), query: data.urls.today }];
}

/** Fill the slider of a board; `go` takes the query of a step and ends when it is shown. */
export function startSlider(board, data, go) {
  const section = board.querySelector("[data-slider]");
  const range = section.querySelector("[data-slider-range]");
  const label = section.querySelector("[data-slider-label]");
  const button = section.querySelector("[data-slider-play]");
  const steps = stepsOf(data);
  section.hidden = steps.length < 2;
  const chosen = steps.findIndex((step) => step.query === data.query);
  range.max = String(steps.length - 1);
  range.value = String(chosen < 0 ? steps.length - 1 : chosen);
  const tell = () => {
    label.textContent = steps[Number(range.value)].label;
    range.setAttribute("aria-valuetext", label.textContent);
  };
  const mark = () => button.setAttribute("aria-pressed", String(playing));
  const step = async () => {
    const next = Number(range.value) + 1;
    if (!playing || next >= steps.length) {
      playing = false;
      mark();
      return;
    }
    await go(steps[next].query);
  };
  range.addEventListener("input", tell);
  range.addEventListener("change", () => {
    playing = false;
    go(steps[Number(range.value)].query);
  });
  button.addEventListener("click", () => {
    playing = !playing;
    mark();
    window.clearTimeout(timer);
    if (!playing) return;
    if (Number(range.value) >= steps.length - 1) go(steps[0].query);
    else step();
  });
  tell();
  mark();
  window.clearTimeout(timer);
  if (playing) timer = window.setTimeout(step, calm() ? CALM_STEP_MS : STEP_MS);
}
