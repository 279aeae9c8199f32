/** How charts look: colours of the theme in force, or of paper, and numbers as the language writes. */

const locale = document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en-GB";
const CALM = window.matchMedia("(prefers-reduced-motion: reduce)");
const PAPER = {
  ink: "#000000",
  quiet: "#444444",
  line: "#bbbbbb",
  surface: "#ffffff",
  brand: "#0f5c63",
  tint: "#dfe6e4",
  red: "#c62828",
};
const SOURCES = {
  light: { central: "#0f4c75", province: "#3282b8", city: "#6a994e", district: "#c77d0a", other: "#8a5a9e" },
  dark: { central: "#6aa9d8", province: "#9ccbed", city: "#9cc87f", district: "#eeb04c", other: "#c49bd8" },
};
const RAMPS = {
  light: ["#e9eeea", "#c6dedb", "#93c4c3", "#5ba5a8", "#2b8087", "#0f5c63"],
  dark: ["#26363a", "#22515a", "#2b6f78", "#3c9098", "#5cb4ba", "#93dade"],
};

/** Edges of the classes of the ramp, in percent; the last class is 100 alone. */
export const CLASSES = [0, 20, 40, 60, 80, 100];

/** Whether the person asked for little motion. */
export function calm() {
  return CALM.matches;
}

/** Colours for charts; `printing` gives those of paper whatever the theme. */
export function look(isDark, printing) {
  const theme = isDark && !printing ? "dark" : "light";
  const style = window.getComputedStyle(document.querySelector("[data-board]") || document.body);
  const value = (name) => style.getPropertyValue(name).trim();
  const ground = printing
    ? PAPER
    : {
        ink: value("--ink"),
        quiet: value("--ink-2"),
        line: value("--line"),
        surface: value("--surface"),
        brand: value("--brand"),
        tint: value("--line"),
        red: value("--red"),
      };
  return {
    ...ground,
    font: value("--font"),
    sources: SOURCES[theme],
    ramp: RAMPS[theme],
    isDark: theme === "dark",
  };
}

/** A number grouped as the language does. */
export function number(value, decimals) {
  const digits = decimals || 0;
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(Number(value) || 0);
}

/** A percentage, or a dash where it is not defined. */
export function percent(value) {
  return value === null || value === undefined ? "—" : `${number(value, 1)} %`;
}

/** Put values into a translated sentence with named places. */
export function sentence(text, values) {
  return interpolate(text, values, true);
}

/** Ten thousand yuan of an amount in yuan. */
export function tenThousand(amount) {
  return Number(amount) / 10000;
}
