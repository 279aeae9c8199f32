/** Lines of longitude and latitude for the view, at round steps of degrees. */

const STEPS = [10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005];

function labelOf(value, step, positive, negative) {
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return `${Math.abs(value).toFixed(decimals)}°${value >= 0 ? positive : negative}`;
}

function line(points, name) {
  return { type: "Feature", geometry: { type: "LineString", coordinates: points }, properties: { name } };
}

/** @param {L.LatLngBounds} bounds @returns {Object} GeoJSON */
export function graticuleFor(bounds) {
  const width = bounds.getEast() - bounds.getWest();
  const step = STEPS.find((candidate) => width / candidate >= 4) || STEPS[STEPS.length - 1];
  const grown = bounds.pad(0.3);
  const features = [];
  for (let lon = Math.ceil(grown.getWest() / step) * step; lon <= grown.getEast(); lon += step) {
    features.push(line([[lon, grown.getSouth()], [lon, grown.getNorth()]], labelOf(lon, step, "E", "W")));
  }
  for (let lat = Math.ceil(grown.getSouth() / step) * step; lat <= grown.getNorth(); lat += step) {
    features.push(line([[grown.getWest(), lat], [grown.getEast(), lat]], labelOf(lat, step, "N", "S")));
  }
  return { type: "FeatureCollection", features };
}
