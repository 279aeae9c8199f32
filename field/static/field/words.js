/** The phone's language, its words, and how times and lengths are written. */

const KEPT = "atlas-field-language";
const LANGUAGES = ["zh-hans", "en"];
const ZONE = "Asia/Shanghai";

function remembered() {
  try {
    return window.localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function ofSite() {
  const cookie = /(?:^|;\s*)django_language=([^;]+)/.exec(document.cookie);
  return cookie ? cookie[1] : null;
}

function ofBrowser() {
  const wanted = (navigator.languages || [navigator.language || ""]).map((name) =>
    name.toLowerCase());
  const first = wanted.find((name) => name.startsWith("zh") || name.startsWith("en"));
  return first && first.startsWith("en") ? "en" : "zh-hans";
}

/** The language in use: the phone's choice, then the site's, then the browser's, then Chinese. */
export function language() {
  return [remembered(), ofSite()].find((name) => LANGUAGES.includes(name)) || ofBrowser();
}

/** Choose the language; the page starts again with its words. */
export function setLanguage(name) {
  if (!LANGUAGES.includes(name)) return;
  window.localStorage.setItem(KEPT, name);
  // The register's own sentences come in the language of this cookie, as on its other pages.
  document.cookie = `django_language=${name}; path=/; max-age=31536000; SameSite=Lax`;
  window.location.reload();
}

/** Read the catalogue of the language in use: afterwards `gettext` and its kin are there. */
export function loadWords(name = language()) {
  document.documentElement.lang = name === "en" ? "en" : "zh-Hans";
  const manifest = document.querySelector("link[rel=manifest]");
  if (manifest) manifest.href = `/field/manifest-${name}.webmanifest`;
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `/field/words-${name}.js`;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error("words"));
    document.head.appendChild(script);
  });
}

/** A name or a sentence of a record in the phone's language, where the record has it in both. */
export function inWords(thing, name = "name") {
  return (language() === "en" && thing[`${name}_en`]) || thing[name] || "";
}

/** Names one after the other, set apart as the phone's language does. */
export function listed(names) {
  return names.join(gettext(", "));
}

function parts(moment) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: ZONE,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const read = {};
  format.formatToParts(moment).forEach((part) => {
    read[part.type] = part.value;
  });
  return read;
}

/**
 * A moment in local time: `14:03` when it is today, with the day before it otherwise.
 * @param {string|number|Date|null} value
 * @returns {string} empty for nothing
 */
export function when(value) {
  if (value === null || value === undefined || value === "") return "";
  const moment = new Date(value);
  if (Number.isNaN(moment.getTime())) return "";
  const read = parts(moment);
  const now = parts(new Date());
  const time = `${read.hour}:${read.minute}`;
  if (read.year === now.year && read.month === now.month && read.day === now.day) return time;
  const day = `${read.month}-${read.day} ${time}`;
  return read.year === now.year ? day : `${read.year}-${day}`;
}

/** The local day of a moment, `YYYY-MM-DD`. */
export function dayOf(value = new Date()) {
  const read = parts(new Date(value));
  return `${read.year}-${read.month}-${read.day}`;
}

/** A length: metres below one kilometre, kilometres with two decimals above; empty for nothing. */
export function metres(value) {
  if (value === null || value === undefined || value === "") return "";
  const length = Number(value);
  if (!Number.isFinite(length)) return "";
  if (Math.abs(length) < 1000) {
    return interpolate(gettext("%(length)s m"), { length: Math.round(length) }, true);
  }
  return interpolate(gettext("%(length)s km"), { length: (length / 1000).toFixed(2) }, true);
}

/** A size in bytes as people read it. */
export function size(bytes) {
  if (bytes < 1024 * 1024) return `${Math.ceil(bytes / 1024)} KB`;
  const megabytes = bytes / 1024 / 1024;
  return megabytes < 1024 ? `${megabytes.toFixed(1)} MB` : `${(megabytes / 1024).toFixed(1)} GB`;
}

/** A text with named places, `%(name)s`, filled in from `values` by their names. */
export function said(text, values) {
  return interpolate(text, values, true);
}
