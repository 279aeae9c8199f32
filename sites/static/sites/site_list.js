/**
 * The list of sites without whole page loads: htmx fetches the list of the same address.
 * Without this module every link and the form work as they are.
 */

const htmx = window.htmx;
htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.historyCacheSize = 0;
htmx.config.refreshOnHistoryMiss = true;
htmx.config.responseHandling = [
  { code: "[23]..", swap: true },
  { code: "400", swap: true },
  { code: "...", swap: false, error: true },
];

const WIDE = window.matchMedia("(min-width: 900px)");
let waiting = 0;

function load(address, whole) {
  const part = whole ? "#site-list" : "#results";
  const list = document.getElementById("site-list");
  list.setAttribute("aria-busy", "true");
  return htmx
    .ajax("GET", address, { target: part, select: part, swap: "outerHTML" })
    .finally(() => {
      document.getElementById("site-list").removeAttribute("aria-busy");
      if (whole) prepare();
    });
}

/** The form as an address: empty parameters left out, several values joined by commas. */
function formAddress(form) {
  const values = new Map();
  for (const [name, value] of new FormData(form)) {
    if (value === "" || (name === "sort" && value === "code")) continue;
    values.set(name, values.has(name) ? `${values.get(name)},${value}` : value);
  }
  const query = new URLSearchParams([...values]).toString().replace(/%2C/g, ",");
  return query ? `${form.action}?${query}` : form.action;
}

function prepare() {
  const groups = document.querySelector("[data-filter-groups]");
  groups.open = WIDE.matches;
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-list-form]");
  if (form && event.target.name !== "q") load(formAddress(form), false);
});

document.addEventListener("input", (event) => {
  if (event.target.id !== "filter-q") return;
  window.clearTimeout(waiting);
  waiting = window.setTimeout(() => load(formAddress(event.target.form), false), 350);
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-list-form]");
  if (!form) return;
  event.preventDefault();
  window.clearTimeout(waiting);
  load(formAddress(form), false);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-list-link]");
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
  if (!link || !plain) return;
  event.preventDefault();
  load(link.href, true).then(() => {
    if (link.rel === "next" || link.rel === "prev") {
      document.getElementById("list-title").scrollIntoView({ block: "start" });
    }
  });
});

document.addEventListener("htmx:responseError", () => window.location.reload());
document.documentElement.classList.add("scripted");
WIDE.addEventListener("change", prepare);
prepare();
