/**
 * What the server says about this page: addresses, words of the codes, places and extents.
 * Everything stands in one JSON block of the page.
 */

/** @type {Object} */
export const config = JSON.parse(document.getElementById("map-config").textContent);

/** Language of the page, for numbers and names. */
export const language = document.documentElement.lang || "zh-hans";
const locale = language.startsWith("zh") ? "zh-CN" : "en-GB";

/** The word of a code, such as the state `approved`, in the page's language. */
export function word(group, code) {
  const words = config.words[group] || {};
  return words[code] || code || "";
}

/** The name of a record in the page's language; the other name when there is none. */
export function nameOf(record) {
  const english = !language.startsWith("zh");
  return (english && record.name_en) || record.name || record.name_en || record.code || "";
}

/** A whole or decimal number, grouped as the language does. */
export function number(value, decimals) {
  const digits = decimals || 0;
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(Number(value) || 0);
}

/** Metres as kilometres in words, three decimals below ten kilometres. */
export function kilometres(metres) {
  const km = Number(metres) / 1000;
  return interpolate(gettext("%(km)s km"), { km: number(km, km < 10 ? 3 : 1) }, true);
}

/** A date of the register (`2026-11-23`) as the language writes it. */
export function date(text) {
  if (!text) return "";
  const parts = String(text).slice(0, 10).split("-").map(Number);
  if (parts.length !== 3 || parts.some(Number.isNaN)) return String(text);
  const day = new Date(parts[0], parts[1] - 1, parts[2]);
  return new Intl.DateTimeFormat(locale, { year: "numeric", month: "long", day: "numeric" }).format(day);
}

/** Put values into a translated sentence with named places. */
export function sentence(text, values) {
  return interpolate(text, values, true);
}
