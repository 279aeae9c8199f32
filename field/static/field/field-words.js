/** The register's names of fields, in the words of the forms. */

/** The word for the field of an error such as `properties.quantity`; empty where there is none. */
export function fieldWords(name) {
  const words = {
    accuracy_m: gettext("Position"),
    agreement: gettext("Agreement"),
    answers: gettext("Checklist"),
    asset: gettext("Asset"),
    chainage_m: gettext("Chainage"),
    description: gettext("Description"),
    corrects: gettext("Returned entry"),
    defect: gettext("Defect"),
    device_time: gettext("When"),
    done: gettext("Quantity"),
    ended_at: gettext("End"),
    found_at: gettext("Found at"),
    geometry: gettext("Position"),
    inspected_at: gettext("When"),
    item: gettext("Checklist"),
    kind: gettext("Kind"),
    labour_days: gettext("Labour-days"),
    material: gettext("Material"),
    note: gettext("Remarks"),
    order: gettext("Work order"),
    patrol: gettext("Patrol"),
    photos: gettext("Photos"),
    add_photos: gettext("Photos"),
    position: gettext("Position"),
    plan: gettext("Patrol plan"),
    quantity: gettext("Quantity"),
    reason: gettext("Why it goes back"),
    result: gettext("Answers"),
    severity: gettext("How serious"),
    standard: gettext("Checklist"),
    started_at: gettext("Start"),
    stops: gettext("Stops"),
    task: gettext("Task"),
    to_state: gettext("State"),
    track: gettext("Patrol"),
    unit: gettext("Unit"),
  };
  const parts = String(name || "").split(".");
  const known = parts.find((part) => words[part]);
  return known ? words[known] : "";
}
