/** The switch above the list: sites or assets. */
import { byId, el, fill } from "./dom.js";
import { getState, setState } from "./state.js";
import { showsAssets, showUpkeep } from "./layers.js";

function choose(value) {
  if (value === "assets" && !showsAssets()) showUpkeep();
  else setState({ about: value }, { push: true });
}

/** Show which sort the list holds. */
export function drawSwitch() {
  const { about } = getState();
  const choice = (value, text) => el("label", { class: about === value ? "is-chosen" : "" },
    el("input", { type: "radio", name: "map-about", value, checked: about === value, onchange: () => choose(value) }), text);
  fill(byId("map-about"),
    el("legend", { class: "mk-hidden" }, gettext("The list holds")),
    el("div", {}, choice("sites", gettext("Sites")), choice("assets", gettext("Assets"))));
}

/** Start the switch. */
export function startSwitch() {
  drawSwitch();
}
