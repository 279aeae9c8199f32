/** SHA-256, by the browser where it offers it, else by ourselves (plain http has no subtle). */

const FIRST = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
function roundConstants() {
  const found = [];
  for (let number = 2; found.length < 64; number += 1) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= number; divisor += 1) {
      if (number % divisor === 0) prime = false;
    }
    if (prime) found.push(fraction(number));
  }
  return found;
}

/** ⌊2³² · frac(∛n)⌋ in whole numbers, so that no rounding of a float decides a bit. */
function fraction(number) {
  const wanted = BigInt(number) << 96n;
  let low = 0n;
  let high = 1n << 36n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle * middle * middle <= wanted) low = middle;
    else high = middle;
  }
  return Number(low & 0xffffffffn);
}

let constants = null;

function turned(word, by) {
  return (word >>> by) | (word << (32 - by));
}

function extended(words) {
  for (let place = 16; place < 64; place += 1) {
    const before = words[place - 15];
    const last = words[place - 2];
    const low = turned(before, 7) ^ turned(before, 18) ^ (before >>> 3);
    const high = turned(last, 17) ^ turned(last, 19) ^ (last >>> 10);
    words[place] = words[place - 16] + low + words[place - 7] + high;
  }
}

function mixed(state, words) {
  let [a, b, c, d, e, f, g, last] = state;
  for (let round = 0; round < 64; round += 1) {
    const high = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const first = (last + high + ((e & f) ^ (~e & g)) + constants[round] + words[round]) | 0;
    const low = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const second = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    last = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  [a, b, c, d, e, f, g, last].forEach((word, place) => {
    state[place] = (state[place] + word) | 0;
  });
}

function padded(bytes) {
  const whole = new Uint8Array((Math.floor((bytes.length + 8) / 64) + 1) * 64);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(whole.length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(whole.length - 4, (bytes.length << 3) >>> 0);
  return view;
}

/** SHA-256 (FIPS 180-4) of bytes without the browser's help, as hexadecimal text. */
export function sha256Here(bytes) {
  constants = constants || roundConstants();
  const state = FIRST.slice();
  const view = padded(bytes);
  const words = new Int32Array(64);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let place = 0; place < 16; place += 1) words[place] = view.getInt32(block + place * 4);
    extended(words);
    mixed(state, words);
  }
  return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

/**
 * SHA-256 of bytes.
 * @param {ArrayBuffer|Uint8Array} bytes
 * @returns {Promise<string>} 64 hexadecimal digits
 */
export async function sha256(bytes) {
  const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  if (!window.crypto || !window.crypto.subtle) return sha256Here(view);
  const digest = await window.crypto.subtle.digest("SHA-256", view);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
