/** The register's names of fields, in the words of the forms. */

/** The word for the field of an error such as `properties.quantity`; empty where there is none. */
export function fieldWords(name) {
  const words = {
    agreement: gettext("Agreement"),
    answers: gettext("Checklist"),
    asset: gettext("Asset"),
    chainage_m: gettext("Chainage"),
    description: gettext("Description"),
    device_time: gettext("When"),
    found_at: gettext("Found at"),
    geometry: gettext("Position"),
    inspected_at: gettext("When"),
    labour_days: gettext("Labour-days"),
    material: gettext("Material"),
    note: gettext("Remarks"),
    order: gettext("Work order"),
    photos: gettext("Photos"),
    add_photos: gettext("Photos"),
    position: gettext("Position"),
    quantity: gettext("Quantity"),
    severity: gettext("How serious"),
    task: gettext("Task"),
    unit: gettext("Unit"),
  };
  const parts = String(name || "").split(".");
  const known = parts.find((part) => words[part]);
  return known ? words[known] : "";
}
