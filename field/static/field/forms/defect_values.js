/** A defect: its values as typed, what is wrong with them, and the body that is sent. */

import * as typed from "./values.js";

export const LONGEST_DESCRIPTION = 2000;
const CHANGEABLE = ["kind", "severity", "description", "chainage_m", "geometry"];

/** The values of a new report. */
export function blank({ asset }) {
  return {
    asset: asset ? asset.id : null,
    kind: "",
    severity: "",
    found_at: new Date().toISOString(),
    position: null,
    chainage: "",
    description: "",
  };
}

/** The values of a defect as the register has it, or of a body that was sent before. */
export function fromBody(body) {
  return {
    asset: body.asset,
    kind: body.kind || "",
    severity: body.severity || "",
    found_at: body.found_at,
    position: typed.positionOf(body.geometry),
    chainage: typed.chainageText(body.chainage_m),
    description: body.description || "",
  };
}

/** What is wrong, field by field. */
export function problems(values, photos, { asset }) {
  return typed.problemsOf([
    ["asset", asset ? "" : gettext("Choose the asset.")],
    ["kind", values.kind ? "" : gettext("Choose what is wrong.")],
    ["severity", values.severity ? "" : gettext("Choose how serious it is.")],
    ["found_at", typed.momentProblem(values.found_at)],
    ["chainage", typed.hasChainage(asset) ? typed.chainageProblem(values.chainage, asset) : ""],
    ["description", typed.textProblem(values.description, LONGEST_DESCRIPTION)],
    ["photos", typed.photosProblem(photos)],
  ]);
}

function facts(values, asset) {
  return {
    kind: values.kind,
    severity: values.severity,
    description: values.description.trim(),
    chainage_m: typed.hasChainage(asset) ? typed.readChainage(values.chainage) : null,
    geometry: typed.pointOf(values.position),
  };
}

/** The body of a new defect. */
export function toBody(values, photos, { asset }) {
  return {
    asset: values.asset,
    source: "patrol",
    found_at: values.found_at,
    ...facts(values, asset),
    add_photos: photos.map(({ id, sha256 }) => ({ photo: id, sha256 })),
  };
}

/** The body of a change: only what differs from the defect as the phone knew it. */
export function toChange(values, before, { asset }) {
  const [old, now] = [facts(fromBody(before), asset), facts(values, asset)];
  const changed = {};
  CHANGEABLE.filter((name) => JSON.stringify(old[name]) !== JSON.stringify(now[name])).forEach(
    (name) => {
      changed[name] = now[name];
    },
  );
  return changed;
}
