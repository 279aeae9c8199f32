/**
 * The dashboard without whole page loads: a link of the board fetches the page of its address and
 * takes the board out of it. Without this module every link and the form work as they are, and
 * the tables hold every number.
 */

import { sentence } from "./chart-look.js";
import { draw, keepCharts, onChoose } from "./charts.js";
import { startSlider } from "./slider.js";

const status = document.querySelector("[data-board-status]");
let board = document.querySelector("[data-board]");
let data = readData(board);
let pending = null;

function readData(root) {
  return JSON.parse(root.querySelector("#board-data").textContent);
}

/** The address of a query of the dashboard. */
function addressOf(query) {
  return query ? `${data.urls.page}?${query}` : data.urls.page;
}

/** Fetch an address and show its board; `history` is "push", "replace" or "none". */
async function load(address, history) {
  if (pending) pending.abort();
  pending = new AbortController();
  board.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { credentials: "same-origin", signal: pending.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-board]");
    if (!fresh) throw new Error("no board");
    await swap(document.importNode(fresh, true));
    if (history === "push") window.history.pushState({}, "", address);
    if (history === "replace") window.history.replaceState({}, "", address);
  } catch (error) {
    if (error.name === "AbortError") return;
    window.location.assign(address);
  }
}

/** Put a new board in the place of the old one: open tables, focus and scroll stay. */
async function swap(fresh) {
  const focus = focusMark(document.activeElement);
  const [x, y] = [window.scrollX, window.scrollY];
  for (const details of board.querySelectorAll("details[id]")) {
    const same = fresh.querySelector(`#${details.id}`);
    if (same) same.open = details.open;
  }
  keepCharts(fresh);
  board.replaceWith(fresh);
  board = fresh;
  data = readData(board);
  await prepare();
  window.scrollTo(x, y);
  const again = focus && board.querySelector(focus);
  if (again) again.focus({ preventScroll: true });
  status.textContent = sentence(gettext("%(number)s sites are shown."), { number: data.total.sites });
}

/** A selector that finds the element again in the next board. */
function focusMark(element) {
  if (!element || !board.contains(element)) return "";
  if (element.id) return `#${CSS.escape(element.id)}`;
  const row = element.closest("[data-key]");
  return row ? `[data-key="${CSS.escape(row.dataset.key)}"] a[data-board-link]` : "";
}

async function prepare() {
  for (const button of board.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.onclick = () => window.print();
  }
  startSlider(board, data, (query) => load(addressOf(query), "replace"));
  board.classList.add("charted");
  await draw(board, data);
  board.removeAttribute("aria-busy");
  board.dataset.ready = "";
}

/** The form as an address: what is empty is left out. */
function formAddress(form) {
  const pairs = [...new FormData(form)].filter(([, value]) => value !== "");
  const query = new URLSearchParams(pairs).toString().replace(/%2C/g, ",");
  return addressOf(query);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-board-link]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  load(link.getAttribute("href"), "push");
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-board-form]");
  if (!form) return;
  event.preventDefault();
  load(formAddress(form), "push");
});

window.addEventListener("popstate", () => load(window.location.href, "none"));
window.addEventListener("beforeprint", () => draw(board, data, { printing: true }));
window.addEventListener("afterprint", () => draw(board, data));
document.addEventListener("atlas:theme", () => draw(board, data));

for (const details of board.querySelectorAll("details.behind")) details.open = false;
onChoose((query) => load(addressOf(query), "push"));
prepare();
