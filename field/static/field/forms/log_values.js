/** A log entry: its values as typed, what is wrong with them, and the body that is sent. */

import * as typed from "./values.js";

export const LONGEST_NOTE = 5000;
export const LONGEST_MATERIAL = 200;

/** The values of a new entry. */
export function blank({ asset, order, task }) {
  return {
    asset: asset ? asset.id : null,
    order: order ? order.id : null,
    corrects: null,
    task: task || "routine",
    device_time: new Date().toISOString(),
    position: null,
    chainage: "",
    quantity: "",
    unit: "",
    labour_days: "",
    material: "",
    note: "",
  };
}

/** The values of a body that was sent before, or of an entry that is to be corrected. */
export function fromBody(body) {
  const text = (value) => (value === null || value === undefined ? "" : String(value));
  const { accuracy_m: accuracy } = body;
  return {
    asset: body.asset || null,
    order: body.order || null,
    corrects: body.corrects || null,
    task: body.task,
    device_time: body.device_time,
    position: typed.positionOf(body.geometry, accuracy === undefined ? null : accuracy),
    chainage: typed.chainageText(body.chainage_m),
    quantity: text(body.quantity),
    unit: body.unit || "",
    labour_days: text(body.labour_days),
    material: body.material || "",
    note: body.note || "",
  };
}

/** What is wrong, field by field. */
export function problems(values, photos, { asset }) {
  const needsUnit = typed.readNumber(values.quantity) !== null && !values.unit;
  return typed.problemsOf([
    ["asset", asset ? "" : gettext("Choose the asset.")],
    ["task", values.task ? "" : gettext("Choose the task.")],
    ["device_time", typed.momentProblem(values.device_time)],
    ["chainage", typed.hasChainage(asset) ? typed.chainageProblem(values.chainage, asset) : ""],
    ["quantity", typed.amountProblem(values.quantity, { digits: 12, places: 2 })],
    ["unit", needsUnit ? gettext("Choose a unit.") : ""],
    ["labour_days", typed.amountProblem(values.labour_days, { digits: 7, places: 2 })],
    ["material", typed.textProblem(values.material, LONGEST_MATERIAL)],
    ["note", typed.textProblem(values.note, LONGEST_NOTE)],
    ["photos", typed.photosProblem(photos)],
  ]);
}

/** The body of the operation. */
export function toBody(values, photos, { asset, deviceId }) {
  const quantity = typed.readNumber(values.quantity);
  const { position } = values;
  return {
    order: values.order,
    asset: values.asset,
    corrects: values.corrects,
    task: values.task,
    device_time: values.device_time,
    geometry: typed.pointOf(position),
    accuracy_m: position ? position.accuracy_m : null,
    chainage_m: typed.hasChainage(asset) ? typed.readChainage(values.chainage) : null,
    quantity,
    unit: quantity === null ? "" : values.unit,
    labour_days: typed.readNumber(values.labour_days),
    material: values.material.trim(),
    note: values.note.trim(),
    device_id: deviceId || "",
    photos: photos.map(({ id, stage, sha256 }) => ({ photo: id, stage, sha256 })),
  };
}
