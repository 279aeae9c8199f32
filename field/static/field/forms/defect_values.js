/** A defect: its values as typed, what is wrong with them, and the body that is sent. */

import {
  chainageProblem,
  chainageText,
  hasChainage,
  momentProblem,
  photosProblem,
  pointOf,
  positionOf,
  problemsOf,
  readChainage,
  textProblem,
} from "./values.js";

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
    position: positionOf(body.geometry),
    chainage: chainageText(body.chainage_m),
    description: body.description || "",
  };
}

/** What is wrong, field by field. */
export function problems(values, photos, { asset }) {
  return problemsOf([
    ["asset", asset ? "" : gettext("Choose the asset.")],
    ["kind", values.kind ? "" : gettext("Choose what is wrong.")],
    ["severity", values.severity ? "" : gettext("Choose how serious it is.")],
    ["found_at", momentProblem(values.found_at)],
    ["chainage", hasChainage(asset) ? chainageProblem(values.chainage, asset) : ""],
    ["description", textProblem(values.description, LONGEST_DESCRIPTION)],
    ["photos", photosProblem(photos)],
  ]);
}

function facts(values, asset) {
  return {
    kind: values.kind,
    severity: values.severity,
    description: values.description.trim(),
    chainage_m: hasChainage(asset) ? readChainage(values.chainage) : null,
    geometry: pointOf(values.position),
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
