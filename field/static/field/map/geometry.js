/**
 * Measuring on the ground. Metres are those of the CGCS2000 ellipsoid (GB 22021) in a plane that
 * touches it at the place in question: right to a ten-thousandth over the kilometres that a patrol
 * covers, and a hundred times faster than the geodesic.
 */

const A = 6378137;
const F = 1 / 298.257222101;
const E2 = F * (2 - F);
const DEGREE = Math.PI / 180;

/** Metres of a degree to the east and to the north at a latitude. */
export function metresPerDegree(lat) {
  const sine = Math.sin(lat * DEGREE);
  const root = Math.sqrt(1 - E2 * sine * sine);
  return [
    DEGREE * (A / root) * Math.cos(lat * DEGREE),
    (DEGREE * (A * (1 - E2))) / (root * root * root),
  ];
}

/** Metres between two positions `[lon, lat]`. */
export function distance(from, to) {
  const [east, north] = metresPerDegree((from[1] + to[1]) / 2);
  return Math.hypot((to[0] - from[0]) * east, (to[1] - from[1]) * north);
}

/** Metres along positions. */
export function lengthOf(positions) {
  return positions.reduce(
    (sum, position, place) => (place ? sum + distance(positions[place - 1], position) : 0),
    0,
  );
}

/** The lines of a GeoJSON geometry; a point is a line of one position, an area its rings. */
export function pathsOf(geometry) {
  if (!geometry) return [];
  const { type, coordinates, geometries } = geometry;
  if (type === "GeometryCollection") return geometries.flatMap(pathsOf);
  if (type === "Point") return [[coordinates]];
  if (type === "MultiPoint") return coordinates.map((position) => [position]);
  if (type === "LineString") return [coordinates];
  if (type === "MultiLineString" || type === "Polygon") return coordinates;
  return type === "MultiPolygon" ? coordinates.flat() : [];
}

function holds(ring, lon, lat) {
  let inside = false;
  ring.forEach(([x, y], place) => {
    const [px, py] = ring[(place || ring.length) - 1];
    if (y > lat !== py > lat && lon < ((px - x) * (lat - y)) / (py - y) + x) inside = !inside;
  });
  return inside;
}

/** Whether a position lies inside an area; one on no area is never inside. */
export function isInside(geometry, lon, lat) {
  if (!geometry) return false;
  if (geometry.type === "GeometryCollection") {
    return geometry.geometries.some((part) => isInside(part, lon, lat));
  }
  if (!geometry.type.endsWith("Polygon")) return false;
  const areas = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return areas.some((rings) => rings.filter((ring) => holds(ring, lon, lat)).length % 2 === 1);
}

/** Where on the piece from `start` to `end`, in metres from the origin, the origin is nearest. */
function footOnPiece(start, end) {
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
  const squared = dx * dx + dy * dy;
  const part = squared ? -(start[0] * dx + start[1] * dy) / squared : 0;
  const share = Math.min(1, Math.max(0, part));
  return {
    metres: Math.hypot(start[0] + share * dx, start[1] + share * dy),
    along: share * Math.sqrt(squared),
    length: Math.sqrt(squared),
    share,
  };
}

function between(from, to, share) {
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
}

/**
 * The place of a geometry nearest to a position.
 * @returns {{metres: number, along_m: number, share: number, at: number[]}|null} `along_m` and
 *   `share` (0 to 1) along its lines as they follow one another; 0 metres inside an area; null
 *   without a geometry
 */
export function footOn(geometry, lon, lat) {
  const [east, north] = metresPerDegree(lat);
  let [best, along, total, at] = [Infinity, 0, 0, null];
  pathsOf(geometry).forEach((path) => {
    path.forEach((end, place) => {
      const start = path[Math.max(0, place - 1)];
      const flat = [start, end].map(([x, y]) => [(x - lon) * east, (y - lat) * north]);
      const piece = footOnPiece(flat[0], flat[1]);
      if (piece.metres < best) {
        [best, along, at] = [piece.metres, total + piece.along, between(start, end, piece.share)];
      }
      total += piece.length;
    });
  });
  if (!at) return null;
  const share = total ? along / total : 0;
  if (isInside(geometry, lon, lat)) return { metres: 0, along_m: along, share, at: [lon, lat] };
  return { metres: best, along_m: along, share, at };
}

/** Metres from a position to a geometry: 0 inside an area, null without a geometry. */
export function metresTo(geometry, lon, lat) {
  const foot = footOn(geometry, lon, lat);
  return foot ? foot.metres : null;
}

/** Whether an asset has chainage. */
export function hasChainage(asset) {
  return [asset.start_m, asset.end_m].every((value) => value !== null && value !== undefined
    && Number.isFinite(Number(value)));
}

/**
 * The chainage of a road's place nearest to a position, in whole metres; null off the roads. The
 * stretch between the road's two ends is shared out by length, as the register does.
 * @param {Object} asset flat, with `geometry`, `start_m`, `end_m`
 * @param {{lon: number, lat: number}} position
 */
export function chainageAt(asset, position) {
  if (!asset || !position || !hasChainage(asset)) return null;
  const foot = footOn(asset.geometry, position.lon, position.lat);
  if (!foot) return null;
  const [start, end] = [Number(asset.start_m), Number(asset.end_m)];
  return Math.round(start + foot.share * (end - start));
}

/**
 * The places of a road at round chainages.
 * @param {Object} asset flat, with `geometry`, `start_m`, `end_m`
 * @param {number} step metres between two places
 * @returns {{chainage_m: number, at: number[], from: number[], to: number[]}[]} with the piece of
 *   road on which each lies
 */
export function ticksOf(asset, step) {
  if (!hasChainage(asset)) return [];
  const pieces = [];
  let total = 0;
  pathsOf(asset.geometry).forEach((path) => {
    path.slice(1).forEach((to, place) => {
      const length = distance(path[place], to);
      if (length) pieces.push({ from: path[place], to, start: total, length });
      total += length;
    });
  });
  const [start, end] = [Number(asset.start_m), Number(asset.end_m)];
  const scale = total ? total / (end - start) : 0;
  const ticks = [];
  let piece = 0;
  for (let value = Math.ceil(start / step) * step; scale && value <= end; value += step) {
    const along = (value - start) * scale;
    while (piece < pieces.length - 1 && pieces[piece].start + pieces[piece].length < along) piece += 1;
    const { from, to, start: before, length } = pieces[piece];
    const share = Math.min(1, (along - before) / length);
    ticks.push({ chainage_m: value, at: between(from, to, share), from, to });
  }
  return ticks;
}

/** The box `[west, south, east, north]` of a geometry, or null. */
export function boxOf(geometry) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  pathsOf(geometry).forEach((path) => path.forEach(([lon, lat]) => {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }));
  return box[0] <= box[2] ? box : null;
}

/**
 * The assets nearest to a position.
 * @param {Object[]} assets flat, with `geometry`
 * @returns {Object[]} at most `count`, each with `distance_m`, nearest first
 */
export function nearest(assets, lon, lat, count) {
  const measured = [];
  assets.forEach((asset) => {
    const metres = metresTo(asset.geometry, lon, lat);
    if (metres !== null) measured.push({ ...asset, distance_m: metres });
  });
  return measured.sort((a, b) => a.distance_m - b.distance_m).slice(0, count);
}

/** How far position `at` lies off the straight piece from `from` to `to`, in metres. */
function offPiece(at, from, to) {
  const [east, north] = metresPerDegree(at[1]);
  const flat = [from, to].map(([x, y]) => [(x - at[0]) * east, (y - at[1]) * north]);
  return footOnPiece(flat[0], flat[1]).metres;
}

/**
 * Leave out positions that lie within `tolerance` metres of what is left (Douglas and Peucker);
 * the two ends always stay.
 */
export function thinned(positions, tolerance) {
  if (positions.length < 3) return positions.slice();
  const stays = new Array(positions.length).fill(false);
  const waiting = [[0, positions.length - 1]];
  stays[0] = true;
  stays[positions.length - 1] = true;
  while (waiting.length) {
    const [first, last] = waiting.pop();
    let [worst, farthest] = [tolerance, -1];
    for (let place = first + 1; place < last; place += 1) {
      const off = offPiece(positions[place], positions[first], positions[last]);
      if (off > worst) [worst, farthest] = [off, place];
    }
    if (farthest > 0) {
      stays[farthest] = true;
      waiting.push([first, farthest], [farthest, last]);
    }
  }
  return positions.filter((_position, place) => stays[place]);
}
