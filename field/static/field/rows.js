/** Rows of lists: a large link with a title, a line below it and a light. */

import { doorCard } from "./card.js";
import { h } from "./dom.js";

/** One row that leads somewhere. */
export function row({ href, title, detail, mark }) {
  return h(
    "li",
    {},
    h(
      "a",
      { class: "row", href },
      mark || null,
      h("strong", { class: "row-title" }, title),
      detail ? h("span", { class: "row-detail" }, detail) : null,
    ),
  );
}

/** What is said where the phone lacks what was asked for, and the way to its data. */
export function notHere(words) {
  return doorCard(words, "#/packages", gettext("Download my data"));
}

/** A list of rows under a heading; the first `most`, the others behind a button. */
export function section(heading, rows, { most = 6, empty = "" } = {}) {
  if (!rows.length && !empty) return null;
  const list = h("ul", { class: "rows" }, rows.slice(0, most));
  const rest = rows.slice(most);
  const more = rest.length
    ? h(
        "button",
        {
          type: "button",
          class: "button",
          onClick: (event) => {
            rest.forEach((node) => list.appendChild(node));
            event.target.remove();
          },
        },
        interpolate(gettext("Show %(count)s more"), { count: rest.length }, true),
      )
    : null;
  return h(
    "section",
    { class: "group" },
    h("h2", {}, heading),
    rows.length ? list : h("p", { class: "empty" }, empty),
    more,
  );
}
