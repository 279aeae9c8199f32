/** Photos of a form: from the camera or the gallery, kept at once, each with its own facts. */

import { PhotoRefused, takePhoto } from "../camera.js";
import { fill, h } from "../dom.js";
import { accuracyWords } from "../position.js";
import { said, size, when } from "../words.js";
import { rowOf } from "./fields.js";
import { MOST_PHOTOS } from "./values.js";

const ACCEPTED = "image/*,.heic,.heif";

/** What is known of a photo's place, in words. */
export function placeWords(photo) {
  if (photo.position_from === "exif") {
    const accuracy = accuracyWords(photo.accuracy_m);
    return said(gettext("position of the camera, %(accuracy)s"), { accuracy });
  }
  if (photo.position_from === "phone") {
    const accuracy = accuracyWords(photo.accuracy_m);
    return said(gettext("position of the phone, %(accuracy)s"), { accuracy });
  }
  return gettext("without position");
}

/** Photos of each of `stages` ([[code, words]]), one group below the other. */
export function photosField(editor, { label, help, stages, mostBytes }) {
  const groups = stages.map(([stage, words]) =>
    photoGroup(editor, { words, stage, mostBytes, name: "photos" }),
  );
  return rowOf(editor, "photos", { label, help, group: true }, groups);
}

/** Photos of one stage, or of one item of a checklist. */
export function photoGroup(editor, { words, stage, item, mostBytes, name }) {
  const list = h("ul", { class: "photos" });
  const told = h("p", { class: "field-problem", role: "status", hidden: true });
  const mine = () =>
    editor.photos.filter((photo) => photo.stage === stage && (photo.item || null) === (item || null));
  const tell = (message) => {
    told.textContent = message;
    told.hidden = !message;
  };
  const show = () => fill(list, mine().map((photo) => tile(editor, photo, show)));
  const take = async (files) => {
    const waiting = h("li", { class: "photo photo-waiting" }, gettext("Reading the photo …"));
    list.appendChild(waiting);
    const problems = [];
    for (const file of files) {
      const problem = await taken(editor, file, { stage, item, mostBytes });
      if (problem && !problems.includes(problem)) problems.push(problem);
    }
    tell(problems.join(" "));
    show();
  };
  editor.onChange((changed) => {
    if (changed === "photos") show();
  });
  show();
  return h(
    "div",
    { class: "photo-group", "data-stage": stage, "data-name": name },
    words ? h("p", { class: "photo-stage" }, words) : null,
    list,
    h("div", { class: "line" }, chooser(gettext("Take a photo"), take, { capture: "environment" }),
      chooser(gettext("Gallery"), take, { multiple: true })),
    told,
  );
}

async function taken(editor, file, options) {
  if (editor.photos.length >= MOST_PHOTOS) {
    return said(gettext("An entry takes at most %(most)s photos."), { most: MOST_PHOTOS });
  }
  try {
    const made = await takePhoto(file, options);
    if (editor.photos.some((photo) => photo.sha256 === made.photo.sha256)) {
      return gettext("This photo is in the entry already.");
    }
    await editor.addPhoto(made);
    return "";
  } catch (error) {
    if (error instanceof PhotoRefused) return error.message;
    return gettext("The photo could not be read. Take it again.");
  }
}

function chooser(words, take, options) {
  const input = h("input", {
    type: "file",
    accept: ACCEPTED,
    class: "photo-input",
    ...options,
    onChange: async (event) => {
      const files = Array.from(event.target.files);
      event.target.value = "";
      if (files.length) await take(files);
    },
  });
  return h("label", { class: "button photo-button" }, words, input);
}

function tile(editor, photo, show) {
  const picture = h("img", { class: "photo-picture", alt: "", width: 96, height: 96 });
  picture.addEventListener("error", () => {
    picture.replaceWith(h("span", { class: "photo-picture photo-plain" }, photo.type.slice(6)));
  });
  editor.addressOf(photo).then((address) => {
    if (address) picture.src = address;
  });
  const remove = async () => {
    await editor.removePhoto(photo.id);
    show();
  };
  return h(
    "li",
    { class: "photo" },
    picture,
    h(
      "p",
      { class: "photo-facts" },
      `${when(photo.taken_at)} · ${size(photo.size)}`,
      h("br"),
      placeWords(photo),
    ),
    h("button", { type: "button", class: "button small", onClick: remove }, gettext("Remove")),
  );
}
