/** The codes of field work with their words, as the register has them. */

/** Codes with words, made when asked for: the words of the phone's language come later. */
export const TASKS = () => [
  ["routine", pgettext("task", "Routine upkeep")],
  ["cleaning", pgettext("task", "Cleaning")],
  ["greening", pgettext("task", "Greening")],
  ["minor_repair", pgettext("task", "Minor repair")],
  ["operation", pgettext("task", "Operation")],
];
export const UNITS = () => [
  ["m", pgettext("quantity", "m")],
  ["m2", pgettext("quantity", "m²")],
  ["m3", pgettext("quantity", "m³")],
  ["place", pgettext("quantity", "places")],
  ["piece", pgettext("quantity", "pieces")],
];
export const STAGES = () => [
  ["before", pgettext("photo", "Before")],
  ["during", pgettext("photo", "During")],
  ["after", pgettext("photo", "After")],
];
export const RESULTS = () => [
  ["ok", pgettext("check", "In order")],
  ["failed", pgettext("check", "Not in order")],
  ["not_applicable", pgettext("check", "Does not apply")],
];
export const SEVERITIES = () => [
  ["minor", pgettext("severity", "Minor")],
  ["moderate", pgettext("severity", "Moderate")],
  ["serious", pgettext("severity", "Serious")],
];
export const DEFECT_KINDS = () => [
  ["pothole", gettext("Pothole")],
  ["crack", gettext("Crack")],
  ["subsidence", gettext("Subsidence")],
  ["edge_damage", gettext("Damaged edge or shoulder")],
  ["landslide", gettext("Landslide or fallen rock")],
  ["blocked_drain", gettext("Blocked ditch or culvert")],
  ["structure_damage", gettext("Damaged structure")],
  ["safety_missing", gettext("Missing or damaged safety facility")],
  ["litter", gettext("Litter or obstruction")],
  ["leak", gettext("Leak")],
  ["no_water", gettext("No water")],
  ["water_quality", gettext("Bad water quality")],
  ["equipment", gettext("Equipment failure")],
  ["lighting", gettext("Lamp out of order")],
  ["building", gettext("Damaged building")],
  ["encroachment", gettext("Encroachment")],
  ["other", gettext("Other defect")],
];
export const DEFECT_STATES = () => [
  ["reported", pgettext("defect", "Reported")],
  ["verified", pgettext("defect", "Verified")],
  ["duplicate", pgettext("defect", "Duplicate")],
  ["rejected", pgettext("defect", "Rejected")],
  ["ordered", pgettext("defect", "Ordered")],
  ["repaired", pgettext("defect", "Repaired")],
  ["closed", pgettext("defect", "Closed")],
];
export const PATROL_KINDS = () => [
  ["daily", gettext("Daily patrol")],
  ["periodic", gettext("Periodic patrol")],
  ["special", gettext("Special patrol")],
  ["night", gettext("Night patrol")],
  ["flood_season", gettext("Flood-season patrol")],
];
export const INSPECTION_KINDS = () => [
  ["patrol", gettext("Patrol check")],
  ["supervision", gettext("Supervisor's inspection")],
  ["township", gettext("Township inspection")],
  ["department", gettext("Department inspection")],
  ["third_party", gettext("Third-party inspection")],
];
export const ORDER_KINDS = () => [
  ["routine", pgettext("order", "Routine")],
  ["minor_repair", pgettext("order", "Minor repair")],
  ["emergency", pgettext("order", "Emergency")],
  ["engineering", pgettext("order", "Upkeep engineering")],
];
export const PRIORITIES = () => [
  ["normal", pgettext("priority", "Normal")],
  ["high", pgettext("priority", "High")],
  ["urgent", pgettext("priority", "Urgent")],
];
export const ORDER_STATES = () => [
  ["issued", pgettext("order", "Issued")],
  ["accepted", pgettext("order", "Accepted by the executor")],
  ["doing", pgettext("order", "Under way")],
  ["submitted", pgettext("order", "Submitted")],
  ["inspected", pgettext("order", "Inspected")],
  ["confirmed", pgettext("order", "Confirmed")],
  ["closed", pgettext("order", "Closed")],
  ["cancelled", pgettext("order", "Cancelled")],
];
export const STANDINGS = () => [
  ["pending", pgettext("log", "Waits for review")],
  ["verified", pgettext("log", "Verified")],
  ["returned", pgettext("log", "Returned")],
  ["corrected", pgettext("log", "Corrected by a newer entry")],
];
export const ASSET_KINDS = () => [
  ["road", gettext("Rural road")],
  ["village_centre", gettext("Village centre")],
  ["water_works", gettext("Water works")],
  ["housing", gettext("Housing renovation")],
  ["facility", gettext("Other facility")],
];

/** The word of a code, or the code itself where this version of the page does not know it. */
export function word(choices, code) {
  const found = choices().find(([known]) => known === code);
  return found ? found[1] : code || "";
}
