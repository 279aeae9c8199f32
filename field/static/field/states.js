/** Words for what became of an entry or a photo, and what to do about it. */

import { h } from "./dom.js";
import { fieldWords } from "./field-words.js";
import { said, when } from "./words.js";

const WHAT_TO_DO = {
  unpermitted: () =>
    gettext("You may not do this. Ask your office whether the asset is in your agreement."),
  conflict: () =>
    gettext("The office changed the same values. Both are kept; the office decides between them."),
  rejected: () => gettext("Correct what is named here, then send it again."),
};
const CODES = {
  bytes_missing: () => gettext("The picture is no longer on this phone."),
  too_large: () => gettext("This is larger than the register takes at once."),
  hash_differs: () => gettext("The register holds another picture under this number."),
};

/** The kinds of entries, as titles. */
export function kindWords(entity) {
  const words = {
    log: pgettext("field record", "Log entry"),
    inspection: pgettext("field record", "Inspection"),
    patrol: pgettext("field record", "Patrol"),
    defect: pgettext("field record", "Defect"),
    order: pgettext("field record", "Work order"),
  };
  return words[entity] || entity;
}

/** Where an entry or a photo is: one line. */
export function stateWords(row) {
  if (row.state === "received") {
    return said(gettext("Received at %(time)s"), { time: when(row.receipt.received_at) });
  }
  const words = {
    draft: gettext("Draft, on this phone"),
    ready: gettext("On this phone, waits to be sent"),
    sending: gettext("On its way"),
    attention: gettext("Not taken: please look"),
  };
  return words[row.state] || row.state;
}

/** The first signs of a hash, enough to compare by eye. */
export function shortHash(hash) {
  return hash ? hash.slice(0, 12) : "";
}

/** The register's sentences, each once, with the fields of the form that it is said of. */
export function errorWords(errors) {
  const namesOf = new Map();
  errors.forEach(({ field, message }) => {
    const names = namesOf.get(message) || new Set();
    namesOf.set(message, names.add(fieldWords(field)));
  });
  const sentences = Array.from(namesOf, ([message, names]) => {
    const name = Array.from(names).filter(Boolean).join(gettext(", "));
    return name ? said(gettext("%(name)s: %(message)s"), { name, message }) : message;
  });
  return sentences.filter(Boolean);
}

/** The reason and the next step of what needs a look. */
export function problemLines(problem) {
  if (!problem) return [];
  const known = CODES[problem.code] && CODES[problem.code]();
  const todo = WHAT_TO_DO[problem.status] && WHAT_TO_DO[problem.status]();
  const errors = errorWords(problem.errors || []).map((words) => h("li", {}, words));
  return [
    errors.length ? null : h("p", { class: "reason" }, known || problem.message || problem.code),
    errors.length ? h("ul", { class: "reason reasons" }, errors) : null,
    todo ? h("p", { class: "todo" }, todo) : null,
  ];
}

/** A coloured word for a state; the word says it too. */
export function stateBadge(row) {
  return h("span", { class: "badge", "data-state": row.state }, stateWords(row));
}
