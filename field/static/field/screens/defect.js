/** The defect: what is wrong, how serious, where, with photos; and the change of a known one. */

import { DEFECT_KINDS, SEVERITIES, word } from "../choices.js";
import { h } from "../dom.js";
import { assetLine } from "../forms/asset_line.js";
import * as form from "../forms/defect_values.js";
import { registerEntry } from "../forms/entry_screens.js";
import {
  chainageField,
  momentField,
  pickField,
  rowOf,
  selectField,
  textField,
} from "../forms/fields.js";
import { photosField } from "../forms/photo_field.js";
import { positionField, positionWords } from "../forms/position_field.js";
import { chainageAt } from "../map/geometry.js";
import { assetOf, record } from "../records.js";
import { inWords, said, when } from "../words.js";

const SIGNS = { minor: "○", moderate: "◐", serious: "●" };
const OF_ROADS = [
  "pothole",
  "crack",
  "subsidence",
  "edge_damage",
  "landslide",
  "blocked_drain",
  "structure_damage",
  "safety_missing",
];
const OF_WATER = ["leak", "no_water", "water_quality", "equipment", "structure_damage"];
const OF_HOUSES = ["building", "lighting", "litter", "equipment"];
const LIKELY = { road: OF_ROADS, water_works: OF_WATER };

/** The kinds with those first that this kind of asset has. */
export function kindsFor(asset) {
  const first = (asset && LIKELY[asset.kind]) || OF_HOUSES;
  const all = DEFECT_KINDS();
  const likely = first.map((code) => all.find(([known]) => known === code));
  return likely.concat(all.filter(([code]) => !first.includes(code)));
}

/** The known defect as the form keeps it: what a change is measured against, and its version. */
function baseOf(defect) {
  const { id, version, asset, kind, severity, description, chainage_m, geometry, number } = defect;
  const facts = { asset, kind, severity, description, chainage_m, geometry };
  return { id, version, number, found_at: defect.found_at, ...facts };
}

async function begin(params) {
  const defect = params.defect ? await record("defect", params.defect) : null;
  if (defect) {
    const before = baseOf(defect);
    return {
      values: { ...form.fromBody(before), before },
      type: "update",
      entityId: defect.id,
      baseVersion: defect.version,
    };
  }
  return { values: form.blank({ asset: await assetOf(params.asset) }) };
}

async function contextOf(values, entry) {
  const asset = values.asset ? await assetOf(values.asset) : null;
  return { asset: asset || null, type: entry.type };
}

/* A change that was sent holds only what was changed; the rest is as the phone knows it. */
async function valuesFrom(body, entry) {
  if (entry.type === "create") return form.fromBody(body);
  const known = await record("defect", entry.entity_id);
  const before = known ? baseOf(known) : null;
  return { ...form.fromBody({ ...before, ...body }), before };
}

function titleOf(values, { asset }) {
  return [word(DEFECT_KINDS, values.kind), asset && inWords(asset)].filter(Boolean).join(" · ");
}

function found(values, photos, context) {
  const wrong = form.problems(values, photos, context);
  if (wrong.length || !values.before) return wrong;
  const nothing = !Object.keys(form.toChange(values, values.before, context)).length;
  return nothing ? [{ field: "kind", message: gettext("Nothing was changed.") }] : [];
}

function body(values, photos, context) {
  return values.before
    ? form.toChange(values, values.before, context)
    : form.toBody(values, photos, context);
}

function fields(editor, session) {
  const { asset, type } = editor.context;
  const isNew = type === "create";
  const limits = (session.me && session.me.limits) || {};
  return [
    rowOf(editor, "asset", { label: gettext("Asset"), group: true }, assetLine(asset)),
    selectField(editor, "kind", {
      label: gettext("What is wrong"),
      choices: kindsFor(asset),
      empty: gettext("Choose"),
    }),
    pickField(editor, "severity", {
      label: gettext("How serious"),
      choices: SEVERITIES().map(([code, words]) => [code, words, SIGNS[code]]),
    }),
    isNew
      ? photosField(editor, {
          label: gettext("Photos"),
          stages: [["before", ""]],
          mostBytes: limits.photo_max_bytes,
        })
      : null,
    textField(editor, "description", {
      label: gettext("Description"),
      rows: 3,
      most: form.LONGEST_DESCRIPTION,
    }),
    positionField(editor, { asset, alone: !isNew, known: !isNew, label: gettext("Place") }),
    chainageField(editor, "chainage", {
      asset,
      fromPosition: () => chainageAt(asset, editor.values.position),
    }),
    isNew ? momentField(editor, "found_at", { label: gettext("Found at") }) : null,
  ];
}

function summary(values, { asset, type }) {
  return [
    [gettext("Asset"), asset && inWords(asset)],
    [gettext("What is wrong"), word(DEFECT_KINDS, values.kind)],
    [gettext("How serious"), word(SEVERITIES, values.severity)],
    [gettext("Description"), values.description],
    [gettext("Chainage"), values.chainage],
    [gettext("Place"), type === "create" ? positionWords(asset, values.position) : ""],
    [gettext("Found at"), when(values.found_at)],
  ];
}

function next(values) {
  if (!values.asset) return [];
  return [
    h(
      "a",
      { class: "button", href: `#/defect/new?asset=${values.asset}` },
      gettext("Report another defect here"),
    ),
  ];
}

function heading(entry) {
  if (entry.type === "create") return gettext("Report a defect");
  const { before } = (entry.body && entry.body.draft) || {};
  if (!before || !before.number) return gettext("Change a defect");
  return said(gettext("Change defect no. %(number)s"), { number: before.number });
}

/** Register the defect's addresses. */
export function register(route) {
  const judging = { fromBody: valuesFrom, problems: found, toBody: body };
  const screen = { heading, begin, contextOf, titleOf, fields, summary, next };
  registerEntry(route, { entity: "defect", ...judging, ...screen });
}
