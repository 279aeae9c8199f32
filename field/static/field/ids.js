/**
 * Identifiers that a phone makes by itself: UUID version 7, in the order of their making, also
 * when its clock is set back in between.
 */

const LATEST = "atlas-field-latest-id";
let latest = 0;

/** `count` random bytes; there since long before `crypto.subtle`, and on plain http too. */
function randomBytes(count) {
  return crypto.getRandomValues(new Uint8Array(count));
}

function remembered() {
  try {
    return Number(window.localStorage.getItem(LATEST)) || 0;
  } catch {
    return 0;
  }
}

/** The milliseconds of the next identifier: now, and always more than those of the one before. */
function nextMoment() {
  latest = Math.max(Date.now(), latest + 1, remembered() + 1);
  try {
    window.localStorage.setItem(LATEST, String(latest));
  } catch {
    // Without this storage the order holds until the page is loaded again.
  }
  return latest;
}

/**
 * A UUID version 7 (RFC 9562): 48 bits of milliseconds, then random bits.
 * @returns {string}
 */
export function newId() {
  const at = nextMoment();
  const bytes = randomBytes(16);
  let rest = at;
  for (let place = 5; place >= 0; place -= 1) {
    bytes[place] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)]
    .join("-");
}
