/** Distances and areas on the CGCS2000 ellipsoid (GB 22021), for positions in degrees. */

const A = 6378137.0;
const F = 1 / 298.257222101;
const B = A * (1 - F);
const E2 = F * (2 - F);
const RADIANS = Math.PI / 180;

/**
 * Length of the geodesic between two positions (Vincenty's inverse formula), in metres.
 * Accurate to better than a millimetre for everything a district can hold.
 * @param {number[]} from lon, lat
 * @param {number[]} to lon, lat
 */
export function distance(from, to) {
  const U1 = Math.atan((1 - F) * Math.tan(from[1] * RADIANS));
  const U2 = Math.atan((1 - F) * Math.tan(to[1] * RADIANS));
  const L = (to[0] - from[0]) * RADIANS;
  const [s1, c1, s2, c2] = [Math.sin(U1), Math.cos(U1), Math.sin(U2), Math.cos(U2)];
  let lambda = L;
  for (let round = 0; round < 100; round += 1) {
    const sinL = Math.sin(lambda);
    const cosL = Math.cos(lambda);
    const sinS = Math.hypot(c2 * sinL, c1 * s2 - s1 * c2 * cosL);
    if (sinS === 0) return 0;
    const cosS = s1 * s2 + c1 * c2 * cosL;
    const sigma = Math.atan2(sinS, cosS);
    const sinA = (c1 * c2 * sinL) / sinS;
    const cos2A = 1 - sinA * sinA;
    const cosM = cos2A === 0 ? 0 : cosS - (2 * s1 * s2) / cos2A;
    const C = (F / 16) * cos2A * (4 + F * (4 - 3 * cos2A));
    const next = L + (1 - C) * F * sinA * (sigma + C * sinS * (cosM + C * cosS * (2 * cosM * cosM - 1)));
    if (Math.abs(next - lambda) < 1e-12) return arc(cos2A, sigma, sinS, cosS, cosM);
    lambda = next;
  }
  return NaN;
}

function arc(cos2A, sigma, sinS, cosS, cosM) {
  const u2 = (cos2A * (A * A - B * B)) / (B * B);
  const P = 1 + (u2 / 16384) * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)));
  const Q = (u2 / 1024) * (256 + u2 * (-128 + u2 * (74 - 47 * u2)));
  const turn = Q * sinS * (cosM + (Q / 4) * (cosS * (2 * cosM * cosM - 1)
    - (Q / 6) * cosM * (4 * sinS * sinS - 3) * (4 * cosM * cosM - 3)));
  return B * P * (sigma - turn);
}

/** Length of a line of positions, in metres. */
export function length(positions) {
  return positions.slice(1).reduce((sum, position, index) => sum + distance(positions[index], position), 0);
}

function authalic(latitude) {
  const e = Math.sqrt(E2);
  const q = (sine) => (1 - E2) * (sine / (1 - E2 * sine * sine) - Math.log((1 - e * sine) / (1 + e * sine)) / (2 * e));
  return { q: q(Math.sin(latitude * RADIANS)), pole: q(1) };
}

/**
 * Area of a closed ring of positions, in square metres: spherical excess on the sphere of the same
 * surface, with latitudes moved so that areas stay true.
 */
export function area(positions) {
  if (positions.length < 3) return 0;
  const { pole } = authalic(90);
  const beta = positions.map((position) => Math.asin(Math.min(1, Math.max(-1, authalic(position[1]).q / pole))));
  const excess = positions.reduce((sum, position, index) => {
    const next = (index + 1) % positions.length;
    const turn = (positions[next][0] - position[0]) * RADIANS;
    const tangents = Math.tan(beta[index] / 2) + Math.tan(beta[next] / 2);
    const product = 1 + Math.tan(beta[index] / 2) * Math.tan(beta[next] / 2);
    return sum + 2 * Math.atan2(Math.tan(turn / 2) * tangents, product);
  }, 0);
  return Math.abs(excess) * A * A * (pole / 2);
}
