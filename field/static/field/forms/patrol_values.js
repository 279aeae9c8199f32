/** A patrol: its values, what is wrong with them, and the body that is sent. */

import { inWords, listed, said } from "../words.js";
import { momentProblem, problemsOf, textProblem } from "./values.js";

export const LONGEST_NOTE = 2000;
const MOST_NAMES = 5;

/** The values of a new patrol; `own` are the identifiers of the bodies that I act for. */
export function blank({ plan, agreement, own }) {
  return {
    plan: plan ? plan.id : null,
    agreement: plan ? plan.agreement : agreement || null,
    organisation: plan && own.includes(plan.organisation) ? plan.organisation : null,
    kind: plan ? plan.kind : "periodic",
    started_at: "",
    ended_at: "",
    visited: [],
    note: "",
  };
}

/** The values of a body that was sent before; the stops were put into the note. */
export function fromBody(body) {
  return {
    plan: body.plan || null,
    agreement: body.agreement,
    organisation: body.organisation || null,
    kind: body.kind,
    started_at: body.started_at,
    ended_at: body.ended_at,
    visited: [],
    note: body.note || "",
  };
}

/** What is wrong, field by field. */
export function problems(values, photos, { stops }) {
  const { started_at: start, ended_at: end } = values;
  return problemsOf([
    ["agreement", values.agreement ? "" : gettext("Choose the agreement.")],
    ["kind", values.kind ? "" : gettext("Choose the kind of patrol.")],
    ["started_at", start ? momentProblem(start) : gettext("Start the patrol first.")],
    ["ended_at", endProblem(start, end)],
    ["note", textProblem(noteOf(values, stops), LONGEST_NOTE)],
  ]);
}

function endProblem(start, end) {
  if (!start) return "";
  if (!end) return gettext("End the patrol first.");
  if (Date.parse(end) < Date.parse(start)) return gettext("A patrol must not end before it starts.");
  return momentProblem(end);
}

/** The note that is sent: what was typed, and which stops were reached where the plan has any. */
export function noteOf(values, stops) {
  const typed = values.note.trim();
  if (!stops.length || !values.visited.length) return typed;
  const missed = stops.filter((stop) => !values.visited.includes(stop.id));
  const counted = { reached: stops.length - missed.length, all: stops.length };
  const lines = [said(gettext("Stops reached: %(reached)s of %(all)s."), counted)];
  if (missed.length) {
    const names = listed(missed.slice(0, MOST_NAMES).map((stop) => inWords(stop)));
    const more = missed.length > MOST_NAMES ? "…" : "";
    lines.push(said(gettext("Not reached: %(names)s."), { names: names + more }));
  }
  return [typed, ...lines].filter(Boolean).join("\n");
}

/** The body of the operation; `track` is a GeoJSON LineString or null. */
export function toBody(values, photos, { stops, track }) {
  return {
    agreement: values.agreement,
    plan: values.plan,
    organisation: values.organisation,
    kind: values.kind,
    started_at: values.started_at,
    ended_at: values.ended_at,
    track: track || null,
    note: noteOf(values, stops),
  };
}
