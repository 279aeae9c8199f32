/**
 * Small builders for page elements. Text from data only ever becomes text nodes, so no name can
 * turn into markup.
 */

import { append } from "../js/children.js";

export { append, fill } from "../js/children.js";

/**
 * Make an element.
 * @param {string} tag
 * @param {Object<string, *>} [attributes] `class`, `on<event>` handlers, `data-*`, properties
 * @param {...(Node|string|number|null|undefined|Array)} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  Object.keys(attributes || {}).forEach((name) => {
    const value = attributes[name];
    if (value === null || value === undefined || value === false) return;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (value === true) node.setAttribute(name, "");
    else node.setAttribute(name, String(value));
  });
  append(node, children);
  return node;
}

/** The element of the page with an identifier. */
export function byId(id) {
  return document.getElementById(id);
}

/** Call `run` once, `wait` milliseconds after the last of many calls. */
export function settled(run, wait) {
  let timer = 0;
  return (...given) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => run(...given), wait);
  };
}

/** Whether the page is shown at phone width. */
export function isNarrow() {
  return window.matchMedia("(max-width: 767px)").matches;
}

const ICON_PATHS = {
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9l6 6 6-6",
  opacity: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 4v16M12 8h6.8M12 12h8M12 16h6.8",
};

/** A line icon as an SVG element, hidden from assistive technology. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "mk-icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICON_PATHS[name]);
  svg.appendChild(path);
  return svg;
}
