/**
 * The frame of every page: the theme switch and menus that close themselves.
 * Other modules learn of a new theme from the event `atlas:theme` on `document`.
 */

const root = document.documentElement;

/** @returns {"light"|"dark"} the theme in force */
export function currentTheme() {
  const chosen = root.dataset.theme;
  if (chosen === "light" || chosen === "dark") {
    return chosen;
  }
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function switchTheme() {
  const next = currentTheme() === "dark" ? "light" : "dark";
  root.dataset.theme = next;
  try {
    window.localStorage.setItem("atlas-theme", next);
  } catch (error) {
    // Storage may be forbidden: the choice then lasts for this page.
  }
  document.cookie = `atlas-theme=${next}; path=/; max-age=31536000; samesite=lax`;
  document.dispatchEvent(new CustomEvent("atlas:theme", { detail: next }));
}

for (const button of document.querySelectorAll("[data-theme-toggle]")) {
  button.addEventListener("click", switchTheme);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  }
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
