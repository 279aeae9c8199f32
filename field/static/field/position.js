/** Where the phone is, how far that is from a thing, and honest words about both. */

import { metres as lengthWords, said } from "./words.js";

const WAIT_MS = 20000;
const FRESH_MS = 10000;
const GOOD_M = 25;

/** The phone's own position {lon, lat, accuracy_m, at}, or null when it gives none. */
export function whereAmI({ timeout = WAIT_MS } = {}) {
  if (!("geolocation" in navigator)) return Promise.resolve(null);
  return new Promise((resolve) => {
    // Some old browsers never answer when the question for leave is closed without a choice.
    const late = setTimeout(() => resolve(null), timeout + 2000);
    const answer = (value) => {
      clearTimeout(late);
      resolve(value);
    };
    navigator.geolocation.getCurrentPosition(
      (found) => answer(readPosition(found)),
      () => answer(null),
      { enableHighAccuracy: true, timeout, maximumAge: FRESH_MS },
    );
  });
}

/** Tells each better position to `tell` until it is good enough or `seconds` are over. */
export function watchPosition(tell, { seconds = 60 } = {}) {
  if (!("geolocation" in navigator)) return () => {};
  let best = Infinity;
  const number = navigator.geolocation.watchPosition(
    (found) => {
      const position = readPosition(found);
      if (!position || position.accuracy_m >= best) return;
      best = position.accuracy_m;
      tell(position);
      if (best <= GOOD_M / 2) stop();
    },
    () => {},
    { enableHighAccuracy: true, timeout: seconds * 1000, maximumAge: FRESH_MS },
  );
  const timer = setTimeout(() => stop(), seconds * 1000);
  function stop() {
    clearTimeout(timer);
    navigator.geolocation.clearWatch(number);
  }
  return stop;
}

function readPosition(found) {
  const { longitude, latitude, accuracy } = found.coords;
  if (![longitude, latitude, accuracy].every(Number.isFinite)) return null;
  return {
    lon: rounded(longitude),
    lat: rounded(latitude),
    accuracy_m: Math.max(1, Math.round(accuracy)),
    at: new Date(found.timestamp || Date.now()).toISOString(),
  };
}

function rounded(degrees) {
  return Math.round(degrees * 1e7) / 1e7;
}

/** "±12 m", or words that no accuracy is known; nothing where none is asked for. */
export function accuracyWords(metres) {
  if (metres === undefined) return "";
  if (metres === null) return gettext("accuracy unknown");
  return said(gettext("±%(metres)s m"), { metres: Math.ceil(metres) });
}

/** "35 m from you", or "" where the distance is not known. */
export function farWords(metres) {
  if (metres === null || metres === undefined) return "";
  return said(gettext("%(distance)s from you"), { distance: lengthWords(metres) });
}

/** "35 m from the asset", "on the asset" or "" where the asset's place is not known. */
export function distanceWords(metres) {
  if (metres === null) return "";
  if (metres < 5) return gettext("at the asset");
  if (metres >= 1000) {
    const km = (metres / 1000).toFixed(1);
    return said(gettext("%(km)s km from the asset"), { km });
  }
  return said(gettext("%(metres)s m from the asset"), { metres: Math.round(metres) });
}
