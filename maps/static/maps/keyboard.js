/** Shortcuts, and the dialog that lists them. */
import { byId, el, fill } from "./dom.js";
import { closeDialog, openDialog } from "./dialogs.js";

const help = byId("map-help");

/** Keys and what they do, for the help. */
function shortcuts() {
  return [
    ["/", gettext("Search")],
    ["F", gettext("Filters")],
    ["L", gettext("List of sites")],
    ["G", gettext("Layers and legend")],
    ["T", gettext("Zoom to a township")],
    ["H", gettext("Whole district")],
    ["M", gettext("Measure a distance")],
    ["A", gettext("Measure an area")],
    ["P", gettext("Print")],
    ["↑ ↓", gettext("Move in the list, Enter opens")],
    ["+ −", gettext("Zoom the map; arrow keys move it")],
    ["Esc", gettext("Close what is open")],
    ["?", gettext("This help")],
  ];
}

/** Show the help. @param {function()} showHint shows the first steps again */
export function openHelp(showHint) {
  fill(help, el("div", { class: "mk-dialog-box" },
    el("h2", { id: "map-help-title" }, gettext("Help and shortcuts")),
    el("p", {}, gettext("The map and the list hold the same sites. Point at a site in one and it lights up in the other; click it to see how it stands.")),
    el("dl", { class: "mk-keys" }, shortcuts().map(([key, text]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, text)])),
    el("div", { class: "mk-form-end" },
      showHint ? el("button", { type: "button", class: "button", onclick: () => { closeDialog(); showHint(); } }, gettext("Show the first steps")) : null,
      el("button", { type: "button", class: "button primary", onclick: closeDialog }, gettext("Close")))));
  openDialog(help);
}

function isTyping(target) {
  return target.closest && target.closest("input:not([type='checkbox']):not([type='radio']):not([type='range']), textarea, select");
}

/**
 * Listen for shortcuts.
 * @param {Object<string, function()>} actions by key
 * @param {function(KeyboardEvent): boolean} first gets every key before the shortcuts
 * @param {function()} escape closes the topmost thing
 */
export function startKeyboard(actions, first, escape) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      escape(event);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (!event.target.closest("button, a") && first(event)) return;
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action || !help.hidden) return;
    event.preventDefault();
    action();
  });
}
