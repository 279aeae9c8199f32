/** The panels: side by side at the desk, one sheet at a time on a phone. */
import { byId, icon, isNarrow } from "./dom.js";
import { getState, setState } from "./state.js";
import { showForm } from "./filters.js";

const app = byId("map-app");

/** Show the panels as the state says. */
export function showPanels(state, theme) {
  const panel = state.panel || (isNarrow() ? "none" : "list");
  app.dataset.panel = panel;
  app.dataset.legend = state.legend ? "open" : "folded";
  byId("map-layers-toggle").setAttribute("aria-expanded", String(state.legend));
  showForm(panel === "filters", theme);
  document.querySelectorAll("[data-panel-button]").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.getAttribute("data-panel-button") === panel));
  });
}

function togglePanel(name) {
  const now = app.dataset.panel;
  const rest = isNarrow() ? "none" : "list";
  setState({ panel: now === name ? rest : name });
}

/** Start the panels' buttons. */
export function startPanels(theme) {
  document.querySelectorAll("[data-panel-button]").forEach((button) => {
    button.addEventListener("click", () => togglePanel(button.getAttribute("data-panel-button")));
  });
  document.querySelectorAll("[data-close-panel]").forEach((button) => {
    button.appendChild(icon("close"));
    button.addEventListener("click", () => setState({ panel: "none" }));
  });
  byId("map-filter-button").addEventListener("click", () => togglePanel("filters"));
  const fold = byId("map-layers-toggle");
  fold.appendChild(icon("down"));
  fold.addEventListener("click", () => setState({ legend: !getState().legend }));
  showPanels(getState(), theme);
}

