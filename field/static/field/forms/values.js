/**
 * What people type, read and judged with the limits of the register. Nothing here touches the
 * page. A problem is a sentence; the empty text means that there is none.
 */

import { said } from "../words.js";

export const MOST_PHOTOS = 20;
const LONGEST_ROAD_M = 1000000;
const CLOCK_TOLERANCE_MS = 10 * 60 * 1000;
const EARLIEST = Date.parse("1970-01-01T00:00:00Z");
const OFFSET = "+08:00";
const OFFSET_MS = 8 * 3600 * 1000;

/** Text in plain digits: what Chinese keyboards make of numbers, without spaces around. */
export function plain(text) {
  return String(text === null || text === undefined ? "" : text)
    .replace(/[０-９．＋－Ｋｋ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replace(/。/g, ".")
    .trim();
}

/** The number that was typed; null for nothing, NaN for what is no number. */
export function readNumber(text) {
  const written = plain(text);
  if (!written) return null;
  return /^-?(\d+\.?\d*|\.\d+)$/.test(written) ? Number(written) : NaN;
}

/** What is wrong with an amount of `digits` digits in all, `places` of them behind the point. */
export function amountProblem(text, { digits, places }) {
  const number = readNumber(text);
  if (number === null) return "";
  if (Number.isNaN(number)) return gettext("Write a number, for example 12.5.");
  if (number < 0) return gettext("Give 0 or more.");
  if (number >= 10 ** (digits - places)) return gettext("This number is too large.");
  const behind = (plain(text).split(".")[1] || "").replace(/0+$/, "");
  if (behind.length > places) {
    return said(gettext("Give at most %(places)s decimals."), { places });
  }
  return "";
}

/** The metres of a chainage that was typed as K0+500 or as metres; null for nothing, or NaN. */
export function readChainage(text) {
  const written = plain(text);
  const parts = /^[Kk](\d{1,4})\+(\d{1,3}(?:\.\d)?)$/.exec(written);
  if (parts) return Number(parts[1]) * 1000 + Number(parts[2]);
  return readNumber(written);
}

/** Metres as K0+500. */
export function chainageText(metres) {
  if (metres === null || metres === undefined || Number.isNaN(metres)) return "";
  const tenths = Math.round(metres * 10);
  const [km, rest] = [Math.floor(tenths / 10000), tenths % 10000];
  const part = rest % 10 ? `.${rest % 10}` : "";
  return `K${km}+${String(Math.floor(rest / 10)).padStart(3, "0")}${part}`;
}

/** What is wrong with a chainage on an asset with `start_m` and `end_m`. */
export function chainageProblem(text, asset) {
  const metres = readChainage(text);
  if (metres === null) return "";
  if (Number.isNaN(metres)) return gettext("Write a chainage as K0+500, or the metres as 500.");
  if (metres < 0 || metres > LONGEST_ROAD_M) {
    return gettext("A chainage lies between K0+000 and K1000+000.");
  }
  if (Math.abs(metres * 10 - Math.round(metres * 10)) > 1e-6) {
    return gettext("A chainage has one decimal of a metre at most.");
  }
  if (!hasChainage(asset)) return "";
  if (metres >= asset.start_m && metres <= asset.end_m) return "";
  const ends = { start: chainageText(asset.start_m), end: chainageText(asset.end_m) };
  return said(gettext("This road has chainages from %(start)s to %(end)s."), ends);
}

/** Whether an asset is a stretch of road with chainages. */
export function hasChainage(asset) {
  return Boolean(asset) && Number.isFinite(asset.start_m) && Number.isFinite(asset.end_m);
}

/** What is wrong with a text; a letter is a letter, whatever its width. */
export function textProblem(text, most) {
  const length = Array.from(String(text || "").trim()).length;
  if (length <= most) return "";
  return said(gettext("Too long: %(length)s letters, at most %(most)s."), { length, most });
}

/** What is wrong with photos of one entry. */
export function photosProblem(photos) {
  if (photos.length > MOST_PHOTOS) {
    return said(gettext("An entry takes at most %(most)s photos."), { most: MOST_PHOTOS });
  }
  if (new Set(photos.map((photo) => photo.sha256)).size < photos.length) {
    return gettext("The same photo is given twice; one photo proves one stage.");
  }
  return "";
}

/** What is wrong with a moment: it must be a time, and not in the future. */
export function momentProblem(iso, now = Date.now()) {
  const moment = Date.parse(iso || "");
  if (Number.isNaN(moment) || moment < EARLIEST) return gettext("Give the day and the time.");
  if (moment > now + CLOCK_TOLERANCE_MS) return gettext("This moment has not come yet.");
  return "";
}

/** A moment as a field of day and time shows it, in the district's time. */
export function momentForField(iso) {
  const moment = Date.parse(iso || "");
  if (Number.isNaN(moment)) return "";
  return new Date(moment + OFFSET_MS).toISOString().slice(0, 16);
}

/** The moment that a field of day and time holds; empty for nothing. */
export function momentFromField(text) {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? `${text.slice(0, 16)}:00${OFFSET}` : "";
}

/** Keep the problems that are any: [[field, sentence]] → [{field, message}]. */
export function problemsOf(pairs) {
  return pairs
    .filter(([, message]) => message)
    .map(([field, message]) => ({ field, message }));
}

/** A position as the geometry of a body. */
export function pointOf(position) {
  return position ? { type: "Point", coordinates: [position.lon, position.lat] } : null;
}

/** The position of a geometry in a body; without `accuracy` where the record keeps none. */
export function positionOf(geometry, accuracy) {
  if (!geometry || geometry.type !== "Point") return null;
  const [lon, lat] = geometry.coordinates;
  return { lon, lat, accuracy_m: accuracy };
}
