/**
 * The two addresses of a kind of entry: `<entity>/new` begins a draft and goes on to
 * `<entity>/<id>`, which shows the form of a draft or what was sent and how it stands.
 */

import { doorCard } from "../card.js";
import { fill, h } from "../dom.js";
import { entryOf, newEntry, onOutbox, photosOf, reopen, saveDraft } from "../outbox.js";
import { go } from "../router.js";
import { stateLine } from "../state_line.js";
import { problemLines } from "../states.js";
import { said } from "../words.js";
import { draftBody, editorOf, valuesOf } from "./editor.js";
import { placeWords } from "./photo_field.js";

/**
 * Register a kind: `{entity, heading(entry), begin(params, session), contextOf(values, entry,
 * session), fromBody, problems, toBody, titleOf, fields(editor, session), summary(values,
 * context), next(values, context)}`. `begin` returns `{values, title, type, entityId,
 * baseVersion}`.
 */
export function registerEntry(route, kind) {
  route(`${kind.entity}/new`, (params, session) => begun(kind, params, session));
  route(`${kind.entity}/:id`, (params, session) => shown(kind, params, session));
}

async function begun(kind, params, session) {
  const { values, ...given } = await kind.begin(params, session);
  const body = draftBody(values, true);
  const entry = newEntry({ entity: kind.entity, title: "", ...given, body });
  await saveDraft(entry, []);
  window.location.replace(`#/${kind.entity}/${entry.id}`);
  return { title: kind.heading(entry), node: h("div", {}) };
}

async function shown(kind, { id }, session) {
  const entry = await entryOf(id);
  if (!entry) return missing();
  const values = await valuesOf(entry, kind.fromBody);
  const context = await kind.contextOf(values, entry, session);
  if (entry.state === "draft") return formScreen(kind, entry, { values, context, session });
  return sentScreen(kind, entry, values, context);
}

function missing() {
  return {
    title: gettext("Not on this phone"),
    node: doorCard(
      gettext("This entry is not on this phone, or its draft was thrown away."),
      "#/today",
      gettext("Today"),
    ),
  };
}

async function formScreen(kind, entry, { values, context, session }) {
  const editor = await editorOf(entry, { values, kind, context });
  const send = h("button", { type: "submit", class: "big-button" }, gettext("Submit"));
  const form = h(
    "form",
    {
      class: "entry-form",
      novalidate: true,
      onSubmit: async (event) => {
        event.preventDefault();
        send.disabled = true;
        const sent = await editor.submit();
        if (!sent) send.disabled = false;
      },
    },
    returnedWith(entry),
    kind.fields(editor, session),
    editor.told,
    send,
    h("p", { class: "fine" }, gettext("Everything typed is kept on this phone as a draft.")),
    discardButton(editor),
  );
  return { title: kind.heading(entry), node: form, leave: () => editor.leave() };
}

/** Why an entry came back, where it is being put right. */
function returnedWith(entry) {
  return entry.problem ? h("section", { class: "card warn" }, problemLines(entry.problem)) : null;
}

function discardButton(editor) {
  let asked = false;
  const button = h(
    "button",
    {
      type: "button",
      class: "button quiet",
      onClick: async () => {
        if (!asked) {
          asked = true;
          fill(button, gettext("Tap again: the draft and its photos are thrown away"));
          return;
        }
        await editor.discard();
        go("today");
      },
    },
    gettext("Discard this draft"),
  );
  return button;
}

async function sentScreen(kind, entry, values, context) {
  const node = h("div", {});
  const draw = async () => {
    const now = (await entryOf(entry.id)) || entry;
    fill(node, sentParts(kind, now, await photosOf(entry.id), values, context));
  };
  await draw();
  const end = onOutbox(draw);
  return { title: kind.heading(entry), node, leave: end };
}

function sentParts(kind, entry, photos, values, context) {
  return [
    stateLine(entry, photos),
    entry.state === "attention" ? attention(kind, entry) : null,
    h(
      "dl",
      { class: "facts" },
      kind.summary(values, context)
        .filter(([, text]) => text)
        .map(([name, text]) => [h("dt", {}, name), h("dd", {}, text)]),
    ),
    photos.length ? photoList(photos) : null,
    h("div", { class: "actions" }, kind.next(values, context), doors(entry)),
  ];
}

function doors(entry) {
  return [
    h("a", { class: "button", href: `#/receipt/${entry.id}` }, gettext("Receipt and hashes")),
    h("a", { class: "big-button", href: "#/today" }, gettext("Today")),
  ];
}

function attention(kind, entry) {
  const problem = entry.problem || {};
  const mend = h(
    "button",
    {
      type: "button",
      class: "big-button",
      onClick: async () => {
        await reopen(entry.id);
        go(`${kind.entity}/${entry.id}`);
      },
    },
    gettext("Correct and send again"),
  );
  return h(
    "section",
    { class: "card warn" },
    problemLines(problem),
    h("p", {}, problem.set_aside
      ? gettext("It is kept on this phone, and the office sees it too.")
      : gettext("It is kept on this phone.")),
    problem.status === "conflict" ? null : mend,
  );
}

function photoList(photos) {
  return h(
    "ul",
    { class: "photo-states" },
    photos.map((photo, place) =>
      h(
        "li",
        {},
        said(gettext("Photo %(number)s"), { number: place + 1 }),
        " · ",
        photo.state === "received" ? gettext("received") : gettext("on this phone"),
        " · ",
        placeWords(photo),
      ),
    ),
  );
}
