/** An inspection by a checklist: its values, what is wrong with them, and the body. */

import * as typed from "./values.js";

export const LONGEST_NOTE = 2000;
const MOST_ACCURACY_M = 100000;
const OF_ROLE = {
  district_planner: ["department", "township", "patrol"],
  township_officer: ["township", "patrol"],
  evaluator: ["third_party", "patrol"],
};
const OF_BODIES = ["patrol", "supervision"];

/** Which kinds of inspection somebody with these roles may offer, the usual one first. */
export function kindsFor(roles) {
  const found = roles.map((role) => OF_ROLE[role] || OF_BODIES);
  return Array.from(new Set([].concat(...found, found.length ? [] : ["patrol"])));
}

/** The values of a new inspection. */
export function blank({ asset, standard, kind }) {
  return {
    asset: asset ? asset.id : null,
    standard: standard ? standard.id : null,
    kind,
    inspected_at: new Date().toISOString(),
    position: null,
    note: "",
    answers: {},
  };
}

/** The values of a body that was sent before. */
export function fromBody(body) {
  const answers = {};
  (body.answers || []).forEach(({ item, result, note, chainage_m }) => {
    answers[item] = { result, note: note || "", chainage: typed.chainageText(chainage_m) };
  });
  return {
    asset: body.asset,
    standard: body.standard,
    kind: body.kind,
    inspected_at: body.inspected_at,
    position: typed.positionOf(body.position, body.accuracy_m),
    note: body.note || "",
    answers,
  };
}

/** The answer to an item, empty where it was not touched. */
export function answerOf(values, item) {
  return values.answers[item.id] || { result: "", note: "", chainage: "" };
}

/** What is wrong, field by field; an item's field is `item-<id>`. */
export function problems(values, photos, { asset, standard }) {
  const items = standard ? standard.items : [];
  return typed.problemsOf([
    ["asset", asset ? "" : gettext("Choose the asset.")],
    ["standard", standard ? "" : gettext("Choose the checklist.")],
    ["inspected_at", typed.momentProblem(values.inspected_at)],
    ...items.map((item) => [`item-${item.id}`, itemProblem(answerOf(values, item), asset)]),
    ["note", typed.textProblem(values.note, LONGEST_NOTE)],
    ["photos", typed.photosProblem(photos)],
  ]);
}

function itemProblem(answer, asset) {
  if (!answer.result) return gettext("Not answered yet.");
  const place = answer.result === "failed" && typed.hasChainage(asset);
  const wrong = typed.textProblem(answer.note, LONGEST_NOTE);
  return wrong || (place ? typed.chainageProblem(answer.chainage, asset) : "");
}

/** The body of the operation. */
export function toBody(values, photos, { asset, standard }) {
  const named = (item) =>
    photos
      .filter((photo) => (photo.item || null) === item)
      .map(({ id, sha256 }) => ({ photo: id, sha256 }));
  const { position } = values;
  const accuracy = position ? position.accuracy_m : null;
  return {
    asset: values.asset,
    standard: values.standard,
    kind: values.kind,
    inspected_at: values.inspected_at,
    position: typed.pointOf(position),
    accuracy_m: accuracy === null ? null : Math.min(accuracy, MOST_ACCURACY_M),
    note: values.note.trim(),
    answers: standard.items.map((item) => ({
      item: item.id,
      ...resultOf(answerOf(values, item), asset),
      add_photos: named(item.id),
    })),
    add_photos: named(null),
  };
}

function resultOf({ result, note, chainage }, asset) {
  const failed = result === "failed";
  return {
    result,
    chainage_m: failed && typed.hasChainage(asset) ? typed.readChainage(chainage) : null,
    note: note.trim(),
  };
}

/** How many items are answered, and how many of them are not in order. */
export function progress(values, standard) {
  const given = standard.items.map((item) => answerOf(values, item).result).filter(Boolean);
  return {
    answered: given.length,
    all: standard.items.length,
    failed: given.filter((result) => result === "failed").length,
  };
}
