/** First letters of the pinyin of Chinese text, by the order of the browser's Chinese collation. */

/* The first character of each letter in the order of pinyin; no syllable begins with i, u or v. */
const FIRSTS = "吖八嚓咑妸发旮哈丌咔垃妈拏喔妑七呥仨它穵夕丫帀";
const LETTERS = "abcdefghjklmnopqrstwxyz";
const HAN = /[\u4e00-\u9fff]/;
const known = new Map();
let collator = null;

function letterOf(character) {
  if (!HAN.test(character)) return character.toLowerCase();
  if (known.has(character)) return known.get(character);
  if (!collator) collator = new Intl.Collator("zh-Hans-CN-u-co-pinyin");
  let place = 0;
  for (let index = 0; index < FIRSTS.length; index += 1) {
    if (collator.compare(FIRSTS[index], character) <= 0) place = index;
  }
  known.set(character, LETTERS[place]);
  return LETTERS[place];
}

/** "响洪甸路" → "xhdl"; letters and digits stay, spaces and marks go. */
export function initials(text) {
  return Array.from(String(text || ""))
    .map(letterOf)
    .filter((letter) => /[a-z0-9]/.test(letter))
    .join("");
}

/** Whether a search finds an asset: by name, code or the first letters of its pinyin. */
export function finds(search, asset) {
  const wanted = search.trim().toLowerCase();
  if (!wanted) return true;
  const written = [asset.name, asset.name_en, asset.code, asset.township_name]
    .filter(Boolean)
    .join(" ")
    .toLowerCase();
  if (written.includes(wanted)) return true;
  return /^[a-z0-9]+$/.test(wanted) && initials(asset.name).includes(wanted);
}
