/** Dialogs that keep the keyboard inside and give it back when they close. */

let openOne = null;
let returnTo = null;

function focusable(dialog) {
  return Array.from(dialog.querySelectorAll("button, a[href], input, select, [tabindex='0']")).filter((node) => !node.disabled);
}

function keepInside(event) {
  if (event.key !== "Tab" || !openOne) return;
  const all = focusable(openOne);
  const first = all[0];
  const last = all[all.length - 1];
  if (event.shiftKey && document.activeElement === first) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first.focus();
  }
}

/** Open a dialog and move the keyboard into it. */
export function openDialog(dialog) {
  closeDialog();
  returnTo = document.activeElement;
  openOne = dialog;
  dialog.hidden = false;
  dialog.addEventListener("keydown", keepInside);
  dialog.addEventListener("mousedown", closeFromOutside);
  const all = focusable(dialog);
  if (all.length) all[0].focus();
}

/** Close the open dialog; whether there was one. */
export function closeDialog() {
  if (!openOne) return false;
  openOne.hidden = true;
  openOne.removeEventListener("keydown", keepInside);
  openOne.removeEventListener("mousedown", closeFromOutside);
  openOne = null;
  if (returnTo && document.contains(returnTo)) returnTo.focus();
  return true;
}

function closeFromOutside(event) {
  if (event.target === openOne) closeDialog();
}
