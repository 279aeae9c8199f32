/**
 * The big screen: a clock, panels that take turns, numbers read anew every few minutes. Keys: left
 * and right turn the panels, space holds them. Where little motion is wanted, nothing turns alone.
 */

import { calm } from "./chart-look.js";
import { draw, keepCharts } from "./charts.js";

const REFRESH_MS = Number(document.body.dataset.refresh) * 1000;
const TURN_MS = Number(document.body.dataset.turn) * 1000;
const MOST_BARS = 16;
const trouble = document.querySelector("[data-trouble]");
const isChinese = document.documentElement.lang.startsWith("zh");
const CLOCK = new Intl.DateTimeFormat(isChinese ? "zh-CN" : "en-GB", {
  timeZone: "Asia/Shanghai",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hour12: false,
});
let board = document.querySelector("[data-board]");
let shown = 0;
let held = calm();
let turning = 0;

function dataOf(root) {
  return JSON.parse(root.querySelector("#board-data").textContent);
}

function settings() {
  const size = Math.max(13, Math.round(window.innerHeight / 60));
  return { size, large: true, dark: true, most: MOST_BARS };
}

function panels() {
  return [...board.querySelectorAll("[data-panel]")];
}

/** Show one pair of panels: the chosen one and the next. */
function showPanels() {
  const all = panels();
  const pair = [shown % all.length, (shown + 1) % all.length];
  all.forEach((panel, index) => {
    panel.hidden = !pair.includes(index);
    panel.classList.toggle("second", index === pair[1]);
  });
}

function turn(steps) {
  const count = panels().length;
  shown = (shown + steps + count) % count;
  showPanels();
}

function markHold() {
  const button = board.querySelector("[data-turn-toggle]");
  button.hidden = false;
  button.setAttribute("aria-pressed", String(held));
  const full = board.querySelector("[data-full-screen]");
  full.hidden = !document.documentElement.requestFullscreen;
}

function keepTurning() {
  window.clearInterval(turning);
  if (!held) turning = window.setInterval(() => turn(1), TURN_MS);
}

async function prepare() {
  showPanels();
  markHold();
  board.classList.add("charted");
  await draw(board, dataOf(board), settings());
  board.dataset.ready = "";
}

async function refresh() {
  try {
    const answer = await fetch(window.location.href, { credentials: "same-origin", cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-board].screen-main");
    if (!fresh) throw new Error("no board");
    const next = document.importNode(fresh, true);
    keepCharts(next);
    board.replaceWith(next);
    board = next;
    await prepare();
    tick();
    trouble.hidden = true;
  } catch (error) {
    trouble.hidden = false;
  }
}

function tick() {
  board.querySelector("[data-clock]").textContent = CLOCK.format(new Date());
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-turn-toggle]")) {
    held = !held;
    markHold();
    keepTurning();
  } else if (event.target.closest("[data-full-screen]")) {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.target.closest("a, button")) return;
  if (event.key === "ArrowRight") turn(1);
  else if (event.key === "ArrowLeft") turn(-1);
  else if (event.key === " ") {
    event.preventDefault();
    held = !held;
    markHold();
    keepTurning();
  }
});

window.addEventListener("resize", () => draw(board, dataOf(board), settings()));
window.setInterval(tick, 1000);
window.setInterval(refresh, REFRESH_MS);
prepare().then(keepTurning);
tick();
