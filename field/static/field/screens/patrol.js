/** The patrol: begun and ended with a tap, its stops ticked off, its track kept meanwhile. */

import { PATROL_KINDS, word } from "../choices.js";
import { fill, h } from "../dom.js";
import { registerEntry } from "../forms/entry_screens.js";
import { rowOf, selectField, textField } from "../forms/fields.js";
import * as form from "../forms/patrol_values.js";
import { entries } from "../outbox.js";
import { assetOf, record } from "../records.js";
import { trackNotes } from "../map/track_notes.js";
import { onTrack, startTrack, stopTrack, trackOf } from "../track.js";
import { inWords, metres, said, when } from "../words.js";

const FOUND = ["defect", "inspection", "log"];

async function begin(params, session) {
  const plan = params.plan ? await record("patrol_plan", params.plan) : null;
  const asset = params.asset ? await assetOf(params.asset) : null;
  const [agreement] = (asset && asset.agreements) || [];
  const own = ((session.me && session.me.organisations) || []).map(({ id }) => id);
  return { values: form.blank({ plan, agreement: agreement && agreement.id, own }) };
}

/* The agreements of which the phone has the package: [[id, title]]. */
async function agreementsOf(session) {
  const packages = session.store ? await session.store.all("packages") : [];
  return packages
    .filter(({ key }) => key.startsWith("agreement-"))
    .map(({ key, title }) => [key.slice("agreement-".length), title]);
}

async function contextOf(values, entry, session) {
  const plan = values.plan ? await record("patrol_plan", values.plan) : null;
  const stops = await Promise.all(((plan && plan.stops) || []).map((id) => assetOf(id)));
  const agreements = await agreementsOf(session);
  if (!values.agreement && agreements.length === 1) [[values.agreement]] = agreements;
  return { plan: plan || null, stops: stops.filter(Boolean), agreements, track: null };
}

function titleOf(values, { plan }) {
  return [word(PATROL_KINDS, values.kind), plan && plan.name].filter(Boolean).join(" · ");
}

async function prepare(editor) {
  const track = await trackOf(editor.entry.id);
  editor.context.track = (track && track.line) || null;
}

function trackWords(track) {
  if (!track || !track.points.length) return gettext("No track yet.");
  const length = metres(track.length_m);
  if (!track.gaps) return said(gettext("Track: %(length)s"), { length });
  const sentence = ngettext(
    "Track: %(length)s, with %(gaps)s gap",
    "Track: %(length)s, with %(gaps)s gaps",
    track.gaps,
  );
  return said(sentence, { length, gaps: track.gaps });
}

/* Begin, end and, in between, how long the track is. */
function clock(editor) {
  const words = h("p", { class: "value", role: "status" });
  const notes = h("div", { class: "fine" });
  const buttons = h("div", { class: "line" });
  const { id } = editor.entry;
  const draw = async () => {
    const { started_at: start, ended_at: end } = editor.values;
    const track = start ? await trackOf(id) : null;
    const lines = [
      start ? said(gettext("Begun at %(time)s"), { time: when(start) }) : "",
      end ? said(gettext("ended at %(time)s"), { time: when(end) }) : "",
      start ? trackWords(track) : "",
    ];
    fill(words, lines.filter(Boolean).join(" · "));
    fill(notes, track ? trackNotes(track).map((note) => h("p", {}, note)) : null);
    fill(buttons, !start ? startButton() : null, start && !end ? endButton() : null,
      end ? goOnButton() : null);
  };
  const startButton = () =>
    big("start", gettext("Start the patrol"), async () => {
      editor.set("started_at", new Date().toISOString());
      await editor.save();
      await startTrack({ patrolId: id });
      draw();
    });
  const endButton = () =>
    big("end", gettext("End the patrol"), async () => {
      editor.set("ended_at", new Date().toISOString());
      await editor.save();
      await stopTrack(id);
      draw();
    });
  const goOnButton = () =>
    h(
      "button",
      {
        type: "button",
        class: "button",
        onClick: async () => {
          editor.set("ended_at", "");
          await editor.save();
          await startTrack({ patrolId: id });
          draw();
        },
      },
      gettext("Go on with the patrol"),
    );
  editor.onEnd(onTrack(draw) || (() => {}));
  draw();
  const row = rowOf(editor, "ended_at", { label: gettext("Patrol"), group: true }, words, notes, buttons);
  editor.place("started_at", row);
  return row;
}

function big(name, words, onClick) {
  return h("button", { type: "button", class: "big-button", "data-clock": name, onClick }, words);
}

function stopRow(editor, stop) {
  const tick = (event) => {
    const others = editor.values.visited.filter((id) => id !== stop.id);
    editor.set("visited", event.target.checked ? [...others, stop.id] : others);
  };
  const link = (address, words) => h("a", { class: "button small", href: address }, words);
  return h(
    "li",
    { class: "stop" },
    h(
      "label",
      { class: "tick" },
      h("input", {
        type: "checkbox",
        checked: editor.values.visited.includes(stop.id),
        onChange: tick,
      }),
      h("span", {}, inWords(stop)),
    ),
    h(
      "div",
      { class: "line" },
      link(`#/inspection/new?asset=${stop.id}`, gettext("Inspect")),
      link(`#/defect/new?asset=${stop.id}`, gettext("Defect")),
      link(`#/log/new?asset=${stop.id}`, gettext("Log")),
    ),
  );
}

function stopsField(editor) {
  const { stops } = editor.context;
  if (!stops.length) return null;
  return rowOf(
    editor,
    "visited",
    {
      label: gettext("Stops"),
      help: gettext("Tick what you have reached. It is written into the note."),
      group: true,
    },
    h("ul", { class: "stops" }, stops.map((stop) => stopRow(editor, stop))),
  );
}

/* What was written down since the patrol began. */
function foundOnTheWay(editor) {
  const node = h("div", {});
  const draw = async () => {
    const { started_at: start, ended_at: end } = editor.values;
    if (!start) return;
    const made = (await entries()).filter(
      ({ entity, device_time: at }) => FOUND.includes(entity) && at >= start && (!end || at <= end),
    );
    if (!made.length) return;
    fill(
      node,
      h("h2", {}, gettext("Written down on this patrol")),
      h("ul", { class: "rows" }, made.map((entry) =>
        h("li", {}, h("a", { class: "row", href: `#/${entry.entity}/${entry.id}` },
          entry.title)))),
    );
  };
  draw();
  return node;
}

function withoutPlan(editor) {
  const { plan, agreements } = editor.context;
  if (plan) return [h("p", { class: "asset-line" }, h("strong", {}, plan.name))];
  return [
    agreements.length > 1 || !editor.values.agreement
      ? selectField(editor, "agreement", {
          label: gettext("Agreement"),
          choices: agreements,
          empty: gettext("Choose"),
        })
      : null,
    selectField(editor, "kind", { label: gettext("Kind of patrol"), choices: PATROL_KINDS() }),
  ];
}

function fields(editor) {
  return [
    withoutPlan(editor),
    clock(editor),
    stopsField(editor),
    foundOnTheWay(editor),
    textField(editor, "note", { label: gettext("Remarks"), rows: 3, most: form.LONGEST_NOTE }),
  ];
}

function summary(values, { plan, stops }) {
  return [
    [gettext("Patrol plan"), plan && plan.name],
    [gettext("Kind of patrol"), word(PATROL_KINDS, values.kind)],
    [gettext("Start"), when(values.started_at)],
    [gettext("End"), when(values.ended_at)],
    [gettext("Remarks"), form.noteOf(values, stops)],
  ];
}

/** The track is fetched before the form is sent, and ends with a draft that is thrown away. */
const TRACKED = { prepare, discarded: (editor) => stopTrack(editor.entry.id) };

/** Register the patrol's addresses. */
export function register(route) {
  const heading = () => gettext("Patrol");
  const screen = { begin, contextOf, titleOf, fields, summary, next: () => [], ...TRACKED };
  registerEntry(route, { entity: "patrol", heading, ...form, ...screen });
}
