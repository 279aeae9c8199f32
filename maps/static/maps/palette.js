/** Colours of the map, for paper and for the dark screen, and the phases that states belong to. */

/** Colours that mean something; they are the same on both grounds and stand with shape and word. */
export const DELAY_COLOURS = { green: "#2e7d32", yellow: "#f9a825", red: "#c62828" };
export const PHASE_COLOURS = {
  before: "#5b6fb5",
  work: "#d9730d",
  done: "#1f7a6d",
  halted: "#7d7d85",
};

/** Which phase a state belongs to; the order is the order of a site's life. */
export const PHASES = {
  before: ["proposed", "shortlisted", "designed", "approved", "tendering", "contracted"],
  work: ["under_construction", "rectifying"],
  done: ["completed", "accepted", "settled", "handed_over", "closed"],
  halted: ["suspended", "cancelled"],
};

const GROUNDS = {
  light: {
    outside: "#e6e7e4",
    paper: "#fbfaf6",
    village: "#d9d4c8",
    township: "#a9a294",
    district: "#6d675c",
    graticule: "#cfd4d6",
    casing: "#ffffff",
    text: "#4c4a45",
    quietText: "#8a857a",
    halo: "#fbfaf6",
    accent: "#0b5cad",
    hover: "#00a3d9",
    centre: "#8a5a9e",
  },
  dark: {
    outside: "#10151a",
    paper: "#1b2229",
    village: "#2c353e",
    township: "#4b5762",
    district: "#8695a3",
    graticule: "#2b343c",
    casing: "#0f1419",
    text: "#d6dde3",
    quietText: "#8b98a4",
    halo: "#151b21",
    accent: "#6db7ff",
    hover: "#4fd1ff",
    centre: "#c39bd6",
  },
};

/** Colours of the ground for a theme. */
export function ground(theme) {
  return GROUNDS[theme] || GROUNDS.light;
}

/** On the dark ground the deep colours are lifted, so that lines keep their contrast. */
const LIFTED = {
  "#2e7d32": "#56b35b",
  "#c62828": "#ff6b62",
  "#5b6fb5": "#8fa2ea",
  "#1f7a6d": "#4fb8a8",
  "#7d7d85": "#a2a2ab",
  "#d9730d": "#f0953c",
  "#7b3fa0": "#c08be0",
  "#9a6b00": "#d9a83a",
  "#0b5cad": "#6db7ff",
};

/** A meaning's colour on the ground of a theme. */
export function onGround(colour, theme) {
  return (theme === "dark" && LIFTED[colour]) || colour;
}

/** The phase of a state. */
export function phaseOf(state) {
  return Object.keys(PHASES).find((phase) => PHASES[phase].includes(state)) || "before";
}
