/**
 * How near a time limit is: red, yellow or green, always with a word and a shape of its own.
 * Yellow begins two days before the limit: our choice.
 */

import { h } from "./dom.js";
import { dayOf } from "./words.js";

const HOUR_MS = 3600 * 1000;
export const SOON_HOURS = 48;
const SHAPES = { red: "▲", yellow: "◆", green: "●" };

/** The light of a moment (RFC 3339) at which something is due. */
export function lightOf(due, now = Date.now()) {
  const left = Date.parse(due) - now;
  if (Number.isNaN(left)) return "green";
  if (left < 0) return "red";
  return left <= SOON_HOURS * HOUR_MS ? "yellow" : "green";
}

/** The light of a day (YYYY-MM-DD) on which something is due: the whole day is in time. */
export function lightOfDay(day, now = Date.now()) {
  return lightOf(`${day}T23:59:59+08:00`, now);
}

/** Whole days from today to a day; negative for the past. */
export function daysTo(day, now = Date.now()) {
  const start = (text) => Date.parse(`${text}T00:00:00Z`);
  return Math.round((start(day) - start(dayOf(now))) / (24 * HOUR_MS));
}

/** How far a day is, in words: "due today", "3 days late". */
export function dayWords(day, now = Date.now()) {
  const days = daysTo(day, now);
  if (days === 0) return gettext("due today");
  if (days === 1) return gettext("due tomorrow");
  const count = Math.abs(days);
  const text =
    days < 0
      ? ngettext("%(count)s day late", "%(count)s days late", count)
      : ngettext("due in %(count)s day", "due in %(count)s days", count);
  return interpolate(text, { count }, true);
}

/** How far a moment is, in words; hours where it is near. */
export function momentWords(due, now = Date.now()) {
  const hours = Math.round((Date.parse(due) - now) / HOUR_MS);
  if (Number.isNaN(hours)) return "";
  if (Math.abs(hours) >= 48) return dayWords(dayOf(due), now);
  if (hours === 0) return gettext("due within the hour");
  const count = Math.abs(hours);
  const text =
    hours < 0
      ? ngettext("%(count)s hour late", "%(count)s hours late", count)
      : ngettext("due in %(count)s hour", "due in %(count)s hours", count);
  return interpolate(text, { count }, true);
}

function colourWord(colour) {
  if (colour === "red") return gettext("Red");
  return colour === "yellow" ? gettext("Yellow") : gettext("Green");
}

/** The light as an element: shape, colour's word, and how far. */
export function light(colour, words) {
  return h(
    "span",
    { class: `light light-${colour}` },
    h("span", { class: "light-shape", "aria-hidden": "true" }, SHAPES[colour]),
    " ",
    h("span", { class: "light-word" }, colourWord(colour)),
    words ? ` · ${words}` : "",
  );
}
