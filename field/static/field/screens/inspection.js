/** The inspection: each item of the checklist with three large answers, its photo and its note. */

import { INSPECTION_KINDS, RESULTS, word } from "../choices.js";
import { fill, h } from "../dom.js";
import { assetLine } from "../forms/asset_line.js";
import { registerEntry } from "../forms/entry_screens.js";
import {
  buttonsOf,
  chainageField,
  momentField,
  rowOf,
  selectField,
  textField,
} from "../forms/fields.js";
import * as form from "../forms/inspection_values.js";
import { photoGroup } from "../forms/photo_field.js";
import { positionField, positionWords } from "../forms/position_field.js";
import { chainageAt } from "../map/geometry.js";
import { assetOf, record, recordsOf, standardFor } from "../records.js";
import { inWords, said, when } from "../words.js";

const SIGNS = { ok: "✓", failed: "✕", not_applicable: "—" };

async function begin(params, session) {
  const asset = await assetOf(params.asset);
  const standard = params.standard
    ? await record("standard", params.standard)
    : asset && (await standardFor(asset, "routine"));
  const [kind] = form.kindsFor((session.me && session.me.roles) || []);
  return { values: form.blank({ asset, standard, kind }) };
}

async function contextOf(values, entry, session) {
  const asset = (await assetOf(values.asset)) || null;
  const all = await recordsOf("standard");
  const fits = (standard) =>
    asset &&
    standard.asset_kind === asset.kind &&
    (!standard.works_kind || standard.works_kind === asset.works_kind);
  const standard = all.find(({ id }) => id === values.standard) || null;
  const kinds = form.kindsFor((session.me && session.me.roles) || []);
  return { asset, standard, standards: all.filter(fits), kinds };
}

function titleOf(values, { asset, standard }) {
  const name = standard ? inWords(standard) : gettext("Inspection");
  return [name, asset && inWords(asset)].filter(Boolean).join(" · ");
}

function itemRow(editor, item, place) {
  const { asset } = editor.context;
  const name = `item-${item.id}`;
  const more = h("div", { class: "item-more" });
  const change = (part) => {
    const answers = { ...editor.values.answers };
    answers[item.id] = { ...form.answerOf(editor.values, item), ...part };
    editor.set("answers", answers);
    editor.say(name, "");
  };
  const open = () => {
    const { result } = form.answerOf(editor.values, item);
    const shown = result === "failed" || editor.photos.some((photo) => photo.item === item.id);
    if (!shown) fill(more);
    else if (!more.firstChild) fill(more, details(editor, item, change, asset));
  };
  const row = rowOf(
    editor,
    name,
    { label: `${place + 1}. ${inWords(item, "text")}`, group: true },
    buttonsOf({
      name,
      current: form.answerOf(editor.values, item).result,
      choices: RESULTS().map(([code, words]) => [code, words, SIGNS[code]]),
      onPick: (result) => {
        change({ result });
        open();
      },
    }),
    more,
  );
  open();
  return row;
}

/* What a failed item is asked for besides: where, what, and a photo; none of them is a must. */
function details(editor, item, change, asset) {
  const answer = form.answerOf(editor.values, item);
  const note = h("textarea", {
    class: "control",
    rows: 2,
    maxlength: form.LONGEST_NOTE,
    "aria-label": gettext("What is wrong"),
    placeholder: gettext("What is wrong"),
    value: answer.note,
    onInput: (event) => change({ note: event.target.value }),
  });
  const chainage = `chainage-${item.id}`;
  const inner = {
    values: { [chainage]: answer.chainage },
    set: (name, value) => change({ chainage: value }),
    say: (name, message) => editor.say(`item-${item.id}`, message),
    place: (name, row) => row,
  };
  return [
    note,
    chainageField(inner, chainage, {
      asset,
      fromPosition: () => chainageAt(asset, editor.values.position),
    }),
    photoGroup(editor, { words: gettext("Photos of this item"), stage: "before", item: item.id }),
  ];
}

function counter(editor, standard) {
  const node = h("p", { class: "progress", role: "status" });
  const show = () => {
    const { answered, all, failed } = form.progress(editor.values, standard);
    const text = said(gettext("%(answered)s of %(all)s answered"), { answered, all });
    const wrong = said(gettext("%(failed)s not in order"), { failed });
    fill(node, failed ? `${text} · ${wrong}` : text);
  };
  editor.onChange(show);
  show();
  return node;
}

/* Another checklist is another list of questions: the form is drawn again with it. */
function standardChoice(editor) {
  const { standards } = editor.context;
  const named = standards.map((one) => [one.id, inWords(one)]);
  if (named.length === 1 && editor.values.standard === named[0][0]) return null;
  return selectField(editor, "standard", {
    label: gettext("Checklist"),
    choices: named,
    empty: gettext("Choose"),
  });
}

function checklist(editor) {
  const node = h("div", { class: "checklist" });
  const draw = () => {
    const { standards } = editor.context;
    const standard = standards.find(({ id }) => id === editor.values.standard) || null;
    editor.context.standard = standard;
    if (!standard) fill(node);
    else fill(node, counter(editor, standard), standard.items.map((item, place) =>
      itemRow(editor, item, place)));
  };
  editor.onChange((name) => {
    if (name === "standard") draw();
  });
  draw();
  return node;
}

function fields(editor) {
  const { asset, kinds } = editor.context;
  const offered = INSPECTION_KINDS().filter(([code]) => kinds.includes(code));
  return [
    rowOf(editor, "asset", { label: gettext("Asset"), group: true }, assetLine(asset)),
    standardChoice(editor),
    offered.length > 1
      ? selectField(editor, "kind", { label: gettext("Kind of inspection"), choices: offered })
      : null,
    checklist(editor),
    rowOf(
      editor,
      "photos",
      { label: gettext("Photos of the whole"), group: true },
      photoGroup(editor, { words: "", stage: "before" }),
    ),
    textField(editor, "note", { label: gettext("Remarks"), rows: 2, most: form.LONGEST_NOTE }),
    positionField(editor, { asset }),
    momentField(editor, "inspected_at", { label: gettext("When") }),
  ];
}

function summary(values, { asset, standard }) {
  const counted = standard ? form.progress(values, standard) : null;
  const failed = standard
    ? standard.items.filter((item) => form.answerOf(values, item).result === "failed")
    : [];
  return [
    [gettext("Asset"), asset && inWords(asset)],
    [gettext("Checklist"), standard && inWords(standard)],
    [gettext("Kind of inspection"), word(INSPECTION_KINDS, values.kind)],
    [
      gettext("Answers"),
      counted && said(gettext("%(answered)s of %(all)s answered"), counted),
    ],
    [gettext("Not in order"), failed.map((item) => inWords(item, "text")).join("\n")],
    [gettext("Remarks"), values.note],
    [gettext("When"), when(values.inspected_at)],
    [gettext("Position"), positionWords(asset, values.position)],
  ];
}

/** Register the inspection's addresses. */
export function register(route) {
  const heading = () => gettext("Inspection");
  const screen = { begin, contextOf, titleOf, fields, summary, next: () => [] };
  registerEntry(route, { entity: "inspection", heading, ...form, ...screen });
}
