/** Where I am on the map: a dot, a circle as wide as the doubt, and which way I am going. */

const WALKING_M_S = 0.7;

/** Whether the browser may be asked for positions without a question popping up. */
export async function isAllowed() {
  if (!navigator.permissions || !navigator.permissions.query) return false;
  try {
    return (await navigator.permissions.query({ name: "geolocation" })).state === "granted";
  } catch {
    return false;
  }
}

function read(found) {
  const { longitude, latitude, accuracy, heading, speed } = found.coords;
  if (![longitude, latitude, accuracy].every(Number.isFinite)) return null;
  const isMoving = Number.isFinite(heading) && Number.isFinite(speed) && speed >= WALKING_M_S;
  return {
    lon: longitude,
    lat: latitude,
    accuracy_m: accuracy,
    heading: isMoving ? heading : null,
  };
}

function drawing(L, map) {
  const circle = L.circle([0, 0], {
    radius: 1,
    interactive: false,
    weight: 2,
    color: "#0b57d0",
    fillOpacity: 0.12,
  });
  const arrow = document.createElement("div");
  const icon = L.divIcon({ className: "map-here", html: arrow, iconSize: [24, 24] });
  const dot = L.marker([0, 0], { icon, interactive: false, keyboard: false });
  return ({ lon, lat, accuracy_m: accuracy, heading }) => {
    circle.setLatLng([lat, lon]).setRadius(accuracy).addTo(map);
    dot.setLatLng([lat, lon]).addTo(map);
    arrow.className = heading === null ? "map-here-dot" : "map-here-dot map-here-arrow";
    arrow.style.transform = heading === null ? "" : `rotate(${Math.round(heading)}deg)`;
  };
}

/**
 * Follow my position on the map.
 * @param {Object} L Leaflet
 * @param {Object} map
 * @param {function({position: (Object|null), problem: (string|null)}): void} tell is told each
 *   position, or `denied` or `no_position`
 * @returns {{start: function(): void, stop: function(): void, last: function(): (Object|null)}}
 */
export function follower(L, map, tell) {
  const draw = drawing(L, map);
  let watch = null;
  let last = null;
  const heard = (found) => {
    const position = read(found);
    if (!position) return;
    last = position;
    draw(position);
    tell({ position, problem: null });
  };
  const failed = (error) => tell({ position: last, problem: error.code === 1 ? "denied" : "no_position" });
  return {
    start() {
      if (watch !== null || !("geolocation" in navigator)) return;
      const options = { enableHighAccuracy: true, maximumAge: 5000, timeout: 30_000 };
      watch = navigator.geolocation.watchPosition(heard, failed, options);
    },
    stop() {
      if (watch !== null) navigator.geolocation.clearWatch(watch);
      watch = null;
    },
    last: () => last,
  };
}
