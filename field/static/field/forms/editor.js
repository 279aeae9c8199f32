/**
 * A form that keeps itself: everything typed is a draft on the phone a moment later, and a photo
 * at once. Submitting hands the whole to the outbox, or says beside each field what is missing.
 */

import { bytesOf, discardDraft, photosOf, saveDraft, submit } from "../outbox.js";
import { fill, h } from "../dom.js";
import { go } from "../router.js";

const PAUSE_MS = 120;

/** The values that a draft keeps, or those of the body that was sent. */
export async function valuesOf(entry, fromBody) {
  const body = entry.body || {};
  return body.draft ? body.draft : fromBody(body, entry);
}

/** The body of a draft with these values. */
export function draftBody(values, isNew = false) {
  return isNew ? { draft: values, is_new: true } : { draft: values };
}

function saveFailure(error) {
  if (error.code === "storage_full") {
    return gettext("The phone has no room left: this was not kept. Delete something and go on.");
  }
  return gettext("The phone could not keep this draft. Do not close this page; try again.");
}

/**
 * One open form.
 * `kind` is `{problems(values, photos, context), toBody(values, photos, context), titleOf(values,
 * context), prepare(editor), discarded(editor)}`, the last two for what is fetched before the form
 * is submitted and what ends with a draft that is thrown away. `context` holds the records that
 * the form speaks of.
 */
export class Editor {
  constructor({ entry, values, photos, kind, context }) {
    Object.assign(this, { entry, values, photos, kind, context });
    this.fresh = new Map();
    this.rows = new Map();
    this.addresses = new Map();
    this.endings = [];
    this.watchers = [];
    this.writing = Promise.resolve();
    this.timer = null;
    this.gone = false;
    this.touched = false;
    this.isNew = Boolean(entry.body && entry.body.is_new) && !photos.length;
    this.told = h("p", { class: "form-told", role: "status" });
    this.keepOnHide();
  }

  keepOnHide() {
    const keep = () => {
      if (this.timer) this.save();
    };
    document.addEventListener("visibilitychange", keep);
    window.addEventListener("pagehide", keep);
    this.endings.push(() => {
      document.removeEventListener("visibilitychange", keep);
      window.removeEventListener("pagehide", keep);
    });
  }

  /** Remember what ends with the form. */
  onEnd(fn) {
    this.endings.push(fn);
  }

  /** Be told of each change of a value: `fn(name)`. */
  onChange(fn) {
    this.watchers.push(fn);
  }

  /** Give a field its row, in which its problem is said. */
  place(name, row) {
    this.rows.set(name, row);
    return row;
  }

  /** Change a value; `byHand` false for what the phone fills in by itself. */
  set(name, value, { byHand = true } = {}) {
    this.values[name] = value;
    if (byHand) this.touched = true;
    this.say(name, "");
    this.watchers.forEach((fn) => fn(name));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE_MS);
  }

  /** Say what is wrong beside a field, or nothing. */
  say(name, message) {
    const row = this.rows.get(name);
    if (!row) return false;
    const place = row.querySelector("[data-problem]");
    place.textContent = message;
    place.hidden = !message;
    row.classList.toggle("has-problem", Boolean(message));
    row.querySelectorAll("input, select, textarea").forEach((control) => {
      if (message) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    });
    return Boolean(message);
  }

  async addPhoto({ photo, bytes }) {
    this.photos.push(photo);
    this.fresh.set(photo.id, bytes);
    this.touched = true;
    this.say("photos", "");
    await this.save();
  }

  async removePhoto(id) {
    this.photos = this.photos.filter((photo) => photo.id !== id);
    this.fresh.delete(id);
    await this.save();
  }

  /** An address at which the page shows a photo, until the form ends. */
  async addressOf(photo) {
    if (!this.addresses.has(photo.id)) {
      const bytes = this.fresh.get(photo.id) || (await bytesOf(photo.id));
      if (!bytes) return null;
      const address = URL.createObjectURL(new Blob([bytes], { type: photo.type }));
      this.addresses.set(photo.id, address);
    }
    return this.addresses.get(photo.id);
  }

  given() {
    return this.photos.map((photo) => ({ photo, bytes: this.fresh.get(photo.id) }));
  }

  /** Keep the draft; writes follow one another. */
  save() {
    clearTimeout(this.timer);
    this.timer = null;
    this.writing = this.writing.then(() => this.written());
    return this.writing;
  }

  async written() {
    if (this.gone) return;
    const given = this.given();
    try {
      this.entry.title = this.kind.titleOf(this.values, this.context);
      this.entry.body = draftBody(this.values, this.isNew && !this.touched);
      await saveDraft(this.entry, given);
      given.forEach(({ photo, bytes }) => {
        if (this.fresh.get(photo.id) === bytes) this.fresh.delete(photo.id);
      });
      await this.seeOthers(given);
      this.tell("");
    } catch (error) {
      if (error.code === "already_sent") this.sentElsewhere();
      else this.tell(saveFailure(error));
    }
  }

  /** Take in what another tab did to the draft's photos. */
  async seeOthers(given) {
    const mine = given.map(({ photo }) => photo.id).join();
    if (this.entry.photo_ids.join() === mine) return;
    const added = this.photos.filter(({ id }) => this.fresh.has(id));
    this.photos = (await photosOf(this.entry.id)).concat(added);
    this.watchers.forEach((fn) => fn("photos"));
  }

  tell(message) {
    fill(this.told, message);
    this.told.classList.toggle("has-problem", Boolean(message));
  }

  sentElsewhere() {
    this.gone = true;
    go(`${this.entry.entity}/${this.entry.id}`);
  }

  /** Say each problem beside its field and show the first one; whether there is any. */
  check() {
    const found = this.kind.problems(this.values, this.photos, this.context);
    this.rows.forEach((row, name) => this.say(name, ""));
    const shown = found.filter(({ field, message }) => this.say(field, message));
    const others = found.filter((problem) => !shown.includes(problem));
    this.tell(others.map(({ message }) => message).join(" "));
    const first = shown.length ? this.rows.get(shown[0].field) : null;
    if (first) {
      first.scrollIntoView({ block: "center" });
      const control = first.querySelector("input:not([type=file]), select, textarea, button");
      if (control) control.focus({ preventScroll: true });
    }
    return found.length > 0;
  }

  /** Hand the entry to the outbox, if nothing is wrong with it. */
  async submit() {
    if (this.kind.prepare) await this.kind.prepare(this);
    if (this.check()) return false;
    await this.save();
    if (this.gone) return false;
    try {
      this.entry.title = this.kind.titleOf(this.values, this.context);
      this.entry.body = this.kind.toBody(this.values, this.photos, this.context);
      await submit(this.entry, this.given());
    } catch (error) {
      this.entry.body = draftBody(this.values);
      if (error.code !== "already_sent") {
        this.tell(saveFailure(error));
        return false;
      }
    }
    this.gone = true;
    go(`${this.entry.entity}/${this.entry.id}`);
    return true;
  }

  /** Throw the draft away. */
  async discard() {
    clearTimeout(this.timer);
    this.gone = true;
    await this.writing;
    if (this.kind.discarded) await this.kind.discarded(this);
    await discardDraft(this.entry.id);
  }

  /** The form is left: what is pending is kept, and an untouched draft is not. */
  async leave() {
    this.endings.forEach((end) => end());
    this.addresses.forEach((address) => URL.revokeObjectURL(address));
    if (this.timer) await this.save();
    await this.writing;
    if (!this.gone && !this.touched && this.isNew) {
      await discardDraft(this.entry.id, { untouched: true });
    }
    this.gone = true;
  }
}

/** Open the form of a kept draft. */
export async function editorOf(entry, { values, kind, context }) {
  return new Editor({ entry, photos: await photosOf(entry.id), values, kind, context });
}
