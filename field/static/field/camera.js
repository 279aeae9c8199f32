/** Photos of an entry: what the camera knew is read first, then the picture is made smaller.

   The position of a photo is the camera's own where it wrote one, else the phone's at the moment
   of taking; a photo that was taken a while ago gets none, for the phone has moved since. */

import { pictureType, readExif } from "./exif.js";
import { sha256 } from "./hash.js";
import { newId } from "./ids.js";
import { whereAmI } from "./position.js";
import { said } from "./words.js";

export const LONGEST_SIDE = 2560;
const SMALL_BYTES = 1500000;
const QUALITY = 0.86;
const MOST_BYTES = 20 * 1024 * 1024;
const JUST_NOW_MS = 10 * 60 * 1000;
const POSITION_MS = 8000;

/** A file that cannot be taken as a photo; the message is for people. */
export class PhotoRefused extends Error {}

/** Make a photo of a file that the camera or the gallery gave: {photo, bytes}.
   Throws `PhotoRefused` for what is no picture or too large. */
export async function takePhoto(file, { stage, item, mostBytes = MOST_BYTES } = {}) {
  const given = await contentOf(file);
  const type = pictureType(given);
  if (!type) {
    throw new PhotoRefused(gettext("This file is not a photo. Choose a JPEG, PNG, WebP or HEIC."));
  }
  const facts = readExif(given);
  const takenAt = facts.taken_at || new Date(file.lastModified || Date.now()).toISOString();
  const [place, small] = await Promise.all([placeOf(facts, takenAt), smaller(given, type)]);
  if (small.bytes.byteLength > mostBytes) {
    const most = Math.floor(mostBytes / 1024 / 1024);
    const sentence = gettext("This photo is too large: at most %(most)s MB can be sent.");
    throw new PhotoRefused(said(sentence, { most }));
  }
  const photo = {
    id: newId(),
    sha256: await sha256(small.bytes),
    size: small.bytes.byteLength,
    type: small.type,
    stage,
    taken_at: takenAt,
    ...place,
    state: "draft",
    offset: 0,
    receipt: null,
  };
  if (item) photo.item = item;
  return { photo, bytes: small.bytes };
}

function contentOf(file) {
  if (file.arrayBuffer) return file.arrayBuffer();
  return new Response(file).arrayBuffer();
}

async function placeOf(facts, takenAt) {
  if (facts.lon !== null) {
    const { lon, lat, accuracy_m } = facts;
    return { lon, lat, accuracy_m, position_from: "exif" };
  }
  const nothing = { lon: null, lat: null, accuracy_m: null, position_from: null };
  if (Math.abs(Date.now() - Date.parse(takenAt)) > JUST_NOW_MS) return nothing;
  const found = await whereAmI({ timeout: POSITION_MS });
  if (!found) return nothing;
  return {
    lon: found.lon,
    lat: found.lat,
    accuracy_m: found.accuracy_m,
    position_from: "phone",
  };
}

/** The picture at no more than LONGEST_SIDE pixels; as it came where it is small already, or
   where this browser cannot open it: the office's server can. */
async function smaller(bytes, type) {
  const asGiven = { bytes, type };
  if (type === "image/heic") return asGiven;
  let picture;
  try {
    picture = await opened(new Blob([bytes], { type }));
  } catch (error) {
    return asGiven;
  }
  try {
    const longest = Math.max(picture.width, picture.height);
    if (longest <= LONGEST_SIDE && bytes.byteLength <= SMALL_BYTES) return asGiven;
    const drawn = await redrawn(picture, Math.min(1, LONGEST_SIDE / longest));
    return drawn && drawn.byteLength < bytes.byteLength
      ? { bytes: drawn, type: "image/jpeg" }
      : asGiven;
  } finally {
    picture.close();
  }
}

/** A picture the right way up, by the browser's own reading of its orientation. */
function opened(blob) {
  const address = URL.createObjectURL(blob);
  return new Promise((resolve, reject) => {
    const image = new Image();
    const close = () => URL.revokeObjectURL(address);
    image.onload = () =>
      resolve({ image, width: image.naturalWidth, height: image.naturalHeight, close });
    image.onerror = () => {
      close();
      reject(new Error("unreadable"));
    };
    image.src = address;
  });
}

async function redrawn({ image, width, height }, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  // Safari keeps the memory of a canvas until it is made small.
  canvas.width = 0;
  canvas.height = 0;
  return blob ? contentOf(blob) : null;
}
