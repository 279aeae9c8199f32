/** The code of a plate, read or typed, and the assets that it may mean. */

const FROM_ADDRESS = /\/public\/a\/([0-9A-Za-z_-]{4,40})(?:\/|$)/;
const LEAST_TYPED = 3;
const MOST = 20;

function plain(text) {
  return String(text).replace(/[\s\-_·．.]/g, "").toUpperCase();
}

/** The plate code in what a QR code holds, or null when it is no plate of ours. */
export function plateIn(text) {
  const found = FROM_ADDRESS.exec(String(text));
  return found ? found[1].toUpperCase() : null;
}

/** The asset of a plate code, or undefined. */
export function assetOfPlate(assets, code) {
  return assets.find((asset) => asset.plate_code && asset.plate_code.toUpperCase() === code);
}

/**
 * The assets that a typed text means: the whole plate code, its last characters, or the asset's
 * own code or its end.
 * @returns {Object[]} at most 20; none for fewer than three characters
 */
export function assetsTyped(assets, text) {
  const wanted = plateIn(text) || plain(text);
  if (wanted.length < LEAST_TYPED) return [];
  const whole = assets.filter(({ plate_code: plate, code }) =>
    plain(plate || "") === wanted || plain(code || "") === wanted);
  if (whole.length) return whole;
  return assets.filter(({ plate_code: plate, code }) =>
    plain(plate || "").endsWith(wanted) || plain(code || "").endsWith(wanted)).slice(0, MOST);
}
