/** What the camera wrote into a photo: where, how exactly, when, and which way up.

   Reads Exif 2.32 of JPEG files and of HEIC files (ISO/IEC 23008-12, items of type Exif). All of
   it was written by somebody else's device or hand: a value that cannot be true is left out, and
   no bytes whatever make it throw. The same rules as assets/photos/exif.py. */

const MOST_FIELDS = 400;
const MOST_BOXES = 2000;
const MAX_LATITUDE = 85;
const MAX_ACCURACY_M = 100000;
const DISTRICT_OFFSET = "+08:00";
const SIZES = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 };
const WORLD_DATUMS = ["", "WGS84", "WGS1984", "CGCS2000"];
const TAG = { orientation: 0x0112, camera: 0x8769, place: 0x8825 };
const CAMERA = { original: 0x9003, digitized: 0x9004, originalOffset: 0x9011, digitizedOffset: 0x9012 };
const PLACE = { latRef: 1, lat: 2, lonRef: 3, lon: 4, status: 9, datum: 18, error: 31 };
const NOTHING = { lon: null, lat: null, accuracy_m: null, taken_at: null, orientation: 1 };

/** The facts of a file's bytes: {lon, lat} in degrees or null, accuracy_m in metres or null,
   taken_at as RFC 3339 text or null, orientation 1 to 8. */
export function readExif(buffer) {
  try {
    const view = new DataView(buffer);
    const at = isJpeg(view) ? tiffInJpeg(view) : tiffInHeic(view);
    return at === null ? { ...NOTHING } : factsOf(view, at);
  } catch (error) {
    // Offsets inside the file that lead out of it end here: nothing of it is believed.
    return { ...NOTHING };
  }
}

/** The type of a picture by its first bytes, whatever its name says; null for anything else. */
export function pictureType(buffer) {
  const head = new Uint8Array(buffer, 0, Math.min(32, buffer.byteLength));
  const text = String.fromCharCode(...head);
  if (head[0] === 0xff && head[1] === 0xd8) return "image/jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return "image/webp";
  if (text.slice(4, 8) === "ftyp" && /^(heic|heix|heim|heis|mif1|msf1|hevc)/.test(text.slice(8))) {
    return "image/heic";
  }
  return null;
}

function isJpeg(view) {
  return view.getUint16(0) === 0xffd8;
}

function letters(view, at, length) {
  let text = "";
  for (let index = 0; index < length; index += 1) {
    text += String.fromCharCode(view.getUint8(at + index));
  }
  return text;
}

/** Where the TIFF header begins in a JPEG file, or null. */
function tiffInJpeg(view) {
  let at = 2;
  for (let count = 0; count < MOST_BOXES && at + 4 <= view.byteLength; count += 1) {
    const marker = view.getUint16(at);
    if ((marker & 0xff00) !== 0xff00 || marker === 0xffda) return null;
    const length = view.getUint16(at + 2);
    if (marker === 0xffe1 && length >= 14 && letters(view, at + 4, 6) === "Exif\0\0") {
      return at + 10;
    }
    at += 2 + Math.max(2, length);
  }
  return null;
}

/** The boxes of an ISO file between two offsets: [{type, start, end}] of their contents. */
function boxesIn(view, from, to) {
  const found = [];
  let at = from;
  while (at + 8 <= to && found.length < MOST_BOXES) {
    let length = view.getUint32(at);
    let head = 8;
    if (length === 1) {
      length = view.getUint32(at + 8) * 2 ** 32 + view.getUint32(at + 12);
      head = 16;
    }
    const end = length === 0 ? to : at + length;
    if (end < at + head || end > to) break;
    found.push({ type: letters(view, at + 4, 4), start: at + head, end });
    at = end;
  }
  return found;
}

function tiffInHeic(view) {
  const top = boxesIn(view, 0, view.byteLength);
  if (!top.length || top[0].type !== "ftyp") return null;
  const meta = top.find((box) => box.type === "meta");
  if (!meta) return null;
  const inner = boxesIn(view, meta.start + 4, meta.end);
  const names = inner.find((box) => box.type === "iinf");
  const places = inner.find((box) => box.type === "iloc");
  if (!names || !places) return null;
  const item = exifItem(view, names);
  const start = item === null ? null : placeOfItem(view, places, item);
  if (start === null) return null;
  return start + 4 + view.getUint32(start);
}

/** The number of the item of type Exif, or null. */
function exifItem(view, box) {
  const skipped = view.getUint8(box.start) === 0 ? 6 : 8;
  for (const entry of boxesIn(view, box.start + skipped, box.end)) {
    const version = view.getUint8(entry.start);
    if (entry.type !== "infe" || version < 2) continue;
    const wide = version > 2;
    const number = wide ? view.getUint32(entry.start + 4) : view.getUint16(entry.start + 4);
    if (letters(view, entry.start + (wide ? 10 : 8), 4) === "Exif") return number;
  }
  return null;
}

function sized(view, at, size) {
  if (size === 0) return 0;
  if (size === 4) return view.getUint32(at);
  return view.getUint32(at) * 2 ** 32 + view.getUint32(at + 4);
}

/** Where an item's first piece begins in the file, or null. */
function placeOfItem(view, box, wanted) {
  const version = view.getUint8(box.start);
  const [first, second] = [view.getUint8(box.start + 4), view.getUint8(box.start + 5)];
  const [offsetSize, lengthSize] = [first >> 4, first & 15];
  const [baseSize, indexSize] = [second >> 4, version > 0 ? second & 15 : 0];
  let at = box.start + 6;
  const count = version < 2 ? view.getUint16(at) : view.getUint32(at);
  at += version < 2 ? 2 : 4;
  for (let index = 0; index < Math.min(count, MOST_BOXES); index += 1) {
    const number = version < 2 ? view.getUint16(at) : view.getUint32(at);
    at += version < 2 ? 2 : 4;
    const inFile = version === 0 || (view.getUint16(at) & 15) === 0;
    at += (version > 0 ? 2 : 0) + 2;
    const base = sized(view, at, baseSize);
    at += baseSize;
    const pieces = view.getUint16(at);
    at += 2;
    if (number === wanted) {
      if (!inFile || pieces < 1) return null;
      return base + sized(view, at + indexSize, offsetSize);
    }
    at += pieces * (indexSize + offsetSize + lengthSize);
  }
  return null;
}

/** A TIFF structure that begins at `base`: its order of bytes and the fields of a directory. */
function tiffAt(view, base) {
  const mark = letters(view, base, 2);
  if (mark !== "II" && mark !== "MM") return null;
  const little = mark === "II";
  const u16 = (at) => view.getUint16(base + at, little);
  const u32 = (at) => view.getUint32(base + at, little);
  const fieldsAt = (offset) => {
    const fields = new Map();
    const count = Math.min(u16(offset), MOST_FIELDS);
    for (let index = 0; index < count; index += 1) {
      const at = offset + 2 + index * 12;
      fields.set(u16(at), { type: u16(at + 2), count: u32(at + 4), at: at + 8 });
    }
    return fields;
  };
  const contentOf = (field) =>
    field.count * (SIZES[field.type] || 0) > 4 ? u32(field.at) : field.at;
  return { base, little, u16, u32, fieldsAt, contentOf, view };
}

function numberIn(tiff, field, index) {
  if (!field || index >= field.count) return null;
  const at = tiff.contentOf(field) + index * (SIZES[field.type] || 0);
  if (field.type === 3) return tiff.u16(at);
  if (field.type === 4) return tiff.u32(at);
  if (field.type === 5) {
    const below = tiff.u32(at + 4);
    return below ? tiff.u32(at) / below : null;
  }
  return null;
}

function textIn(tiff, field) {
  if (!field || field.count > 64 || (field.type !== 2 && field.type !== 7)) return "";
  const text = letters(tiff.view, tiff.base + tiff.contentOf(field), field.count);
  return text.replace(/[\0 ]+$/, "").replace(/^[\0 ]+/, "");
}

function factsOf(view, base) {
  const tiff = tiffAt(view, base);
  if (!tiff) return { ...NOTHING };
  const top = tiff.fieldsAt(tiff.u32(4));
  const turn = numberIn(tiff, top.get(TAG.orientation), 0);
  return {
    ...NOTHING,
    orientation: turn >= 1 && turn <= 8 ? turn : 1,
    ...partOf(tiff, top.get(TAG.place), placeOf),
    ...partOf(tiff, top.get(TAG.camera), momentOf),
  };
}

/** One directory below the top; a broken one takes nothing with it. */
function partOf(tiff, field, read) {
  try {
    return field ? read(tiff, tiff.fieldsAt(numberIn(tiff, field, 0))) : {};
  } catch (error) {
    return {};
  }
}

function placeOf(tiff, fields) {
  const datum = textIn(tiff, fields.get(PLACE.datum)).toUpperCase().replace(/[^A-Z0-9]/g, "");
  if (textIn(tiff, fields.get(PLACE.status)) === "V" || !WORLD_DATUMS.includes(datum)) return {};
  const lat = degreesOf(tiff, fields.get(PLACE.lat), fields.get(PLACE.latRef), "NS");
  const lon = degreesOf(tiff, fields.get(PLACE.lon), fields.get(PLACE.lonRef), "EW");
  if (lat === null || lon === null) return {};
  if (Math.abs(lat) > MAX_LATITUDE || Math.abs(lon) > 180 || (lat === 0 && lon === 0)) return {};
  const error = numberIn(tiff, fields.get(PLACE.error), 0);
  const known = error !== null && error >= 0 && error <= MAX_ACCURACY_M;
  return { lon, lat, accuracy_m: known ? error : null };
}

function degreesOf(tiff, field, reference, ends) {
  const letter = textIn(tiff, reference).toUpperCase();
  if (letter.length !== 1 || !ends.includes(letter) || !field || field.count !== 3) return null;
  const [degrees, minutes, seconds] = [0, 1, 2].map((index) => numberIn(tiff, field, index));
  if (degrees === null || minutes === null || seconds === null) return null;
  if (degrees > 180 || minutes >= 60 || seconds >= 60) return null;
  const value = degrees + minutes / 60 + seconds / 3600;
  return letter === ends[0] ? value : -value;
}

function momentOf(tiff, fields) {
  const pairs = [
    [CAMERA.original, CAMERA.originalOffset],
    [CAMERA.digitized, CAMERA.digitizedOffset],
  ];
  for (const [name, offset] of pairs) {
    const moment = momentFrom(textIn(tiff, fields.get(name)), textIn(tiff, fields.get(offset)));
    if (moment) return { taken_at: moment };
  }
  return {};
}

/** RFC 3339 of what cameras write; without an offset the district's time is meant. */
function momentFrom(text, offset) {
  const parts = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(text);
  if (!parts || parts[1] < 1990 || parts[1] > 2100) return null;
  const zone = /^[+-]([01]\d|2[0-3]):[0-5]\d$/.test(offset) ? offset : DISTRICT_OFFSET;
  const written = `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}`;
  const moment = new Date(`${written}Z`);
  // A 31st of April would be the 1st of May to a browser: such a date was never shown.
  if (Number.isNaN(moment.getTime()) || !moment.toISOString().startsWith(written)) return null;
  return written + zone;
}
