/** The fields of a form: a label, a control for a thumb, help, and what is wrong with it. */

import { h } from "../dom.js";
import { when } from "../words.js";
import {
  chainageText,
  hasChainage,
  momentForField,
  momentFromField,
  readChainage,
} from "./values.js";

function idOf(name) {
  return `field-${name}`;
}

/** What every field has around its control. */
export function rowOf(editor, name, { label, help, group = false }, ...children) {
  const problem = h("p", { class: "field-problem", "data-problem": "", role: "alert", hidden: true });
  const words = help ? h("p", { class: "help" }, help) : null;
  const row = group
    ? h("fieldset", { class: "field" }, h("legend", {}, label), words, children, problem)
    : h("div", { class: "field" }, h("label", { for: idOf(name) }, label), words, children, problem);
  row.dataset.field = name;
  return editor.place(name, row);
}

/** A line of text, or of several `rows`. */
export function textField(editor, name, { label, help, rows, mode, hint, most }) {
  const control = h(rows ? "textarea" : "input", {
    id: idOf(name),
    class: "control",
    rows,
    type: rows ? null : "text",
    inputmode: mode,
    placeholder: hint,
    maxlength: most,
    autocomplete: "off",
    value: editor.values[name] || "",
    onInput: (event) => editor.set(name, event.target.value),
  });
  return rowOf(editor, name, { label, help }, control);
}

/** One of many: the phone's own list. */
export function selectField(editor, name, { label, help, choices, empty }) {
  const current = editor.values[name] || "";
  const option = ([code, words]) => h("option", { value: code, selected: code === current }, words);
  const options = (empty === undefined ? [] : [["", empty]]).concat(choices).map(option);
  const control = h(
    "select",
    { id: idOf(name), class: "control", onChange: (e) => editor.set(name, e.target.value) },
    options,
  );
  return rowOf(editor, name, { label, help }, control);
}

/** Radio buttons as large buttons side by side: [[code, words, sign]]. */
export function buttonsOf({ name, current, choices, onPick }) {
  return h(
    "div",
    { class: `picks picks-${choices.length}` },
    choices.map(([code, words, sign]) =>
      h(
        "label",
        { class: `pick pick-${code}` },
        h("input", {
          type: "radio",
          name,
          value: code,
          checked: code === current,
          onChange: () => onPick(code),
        }),
        h(
          "span",
          { class: "pick-face" },
          sign ? h("span", { class: "pick-sign", "aria-hidden": "true" }, sign) : null,
          words,
        ),
      ),
    ),
  );
}

/** One of a few, as large buttons. */
export function pickField(editor, name, { label, help, choices }) {
  const buttons = buttonsOf({
    name: idOf(name),
    current: editor.values[name],
    choices,
    onPick: (code) => editor.set(name, code),
  });
  return rowOf(editor, name, { label, help, group: true }, buttons);
}

/** A moment: shown in words, changed only when somebody asks to. */
export function momentField(editor, name, { label, help }) {
  const words = h("span", { class: "value" }, when(editor.values[name]));
  const control = h("input", {
    id: idOf(name),
    class: "control",
    type: "datetime-local",
    hidden: true,
    value: momentForField(editor.values[name]),
    onChange: (event) => {
      editor.set(name, momentFromField(event.target.value));
      words.textContent = when(editor.values[name]);
    },
  });
  const change = h(
    "button",
    {
      type: "button",
      class: "button small",
      onClick: () => {
        control.hidden = false;
        change.hidden = true;
        control.focus();
      },
    },
    gettext("Change"),
  );
  return rowOf(editor, name, { label, help }, h("div", { class: "line" }, words, change), control);
}

/** A chainage, typed as K0+500 or as metres, with how it was understood; nothing off the roads. */
export function chainageField(editor, name, { asset, fromPosition }) {
  if (!hasChainage(asset)) return null;
  const read = h("span", { class: "value" });
  const show = () => {
    read.textContent = chainageText(readChainage(control.value));
  };
  const control = h("input", {
    id: idOf(name),
    class: "control",
    type: "text",
    autocomplete: "off",
    autocapitalize: "characters",
    placeholder: chainageText(asset.start_m),
    value: editor.values[name] || "",
    onInput: () => {
      editor.set(name, control.value);
      show();
    },
  });
  const take = h(
    "button",
    {
      type: "button",
      class: "button small",
      onClick: () => {
        const metres = fromPosition();
        if (metres === null) {
          editor.say(name, gettext("There is no position near this road yet."));
          return;
        }
        control.value = chainageText(metres);
        editor.set(name, control.value);
        show();
      },
    },
    gettext("From my position"),
  );
  show();
  const ends = `${chainageText(asset.start_m)}–${chainageText(asset.end_m)}`;
  return rowOf(
    editor,
    name,
    { label: gettext("Chainage"), help: ends },
    control,
    h("div", { class: "line" }, read, take),
  );
}
