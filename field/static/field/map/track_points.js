/** What a row of positions says about the way that was gone, without flattering it. */

import { distance, lengthOf, thinned } from "./geometry.js";

/** Positions that are less sure than this say nothing about a way on foot or by motorcycle. */
export const WORST_ACCURACY_M = 50;
/** Nobody patrols faster than this; a jump is the receiver's error. */
const FASTEST_M_S = 35;
/** Shorter moves are not counted, however sure the receiver is of itself. */
const LEAST_MOVE_M = 8;
/** Without a position for longer than this, the way between is not known. */
export const GAP_S = 120;
const LEAST_GAP_M = 50;
const THIN_M = 2;
const MOST_POSITIONS = 4000;

function seconds(from, to) {
  return (Date.parse(to.at) - Date.parse(from.at)) / 1000;
}

function place(point) {
  return [point.lon, point.lat];
}

/**
 * How far apart two positions must lie to be a move: more than both may be wrong together, for a
 * receiver that stands still wanders within that.
 */
function leastMove(point, last) {
  return Math.max(LEAST_MOVE_M, Math.hypot(point.accuracy_m, last.accuracy_m));
}

function isJump(point, last) {
  const passed = Math.max(1, seconds(last, point));
  const certain = distance(place(last), place(point)) - last.accuracy_m - point.accuracy_m;
  return certain / passed > FASTEST_M_S;
}

/**
 * The points that count: sure enough, in order of time, no jumps, and each a real move. After
 * three jumps in a row the receiver is believed again: then the points before them were wrong.
 * @param {{at: string, lon: number, lat: number, accuracy_m: number}[]} points as they came, from
 *   one tab or several
 */
export function counted(points) {
  const sure = points
    .filter((point) => point.accuracy_m <= WORST_ACCURACY_M)
    .sort((a, b) => (a.at < b.at ? -1 : 1));
  const kept = [];
  let jumps = 0;
  sure.forEach((point) => {
    const last = kept[kept.length - 1];
    if (!last) kept.push(point);
    else if (isJump(point, last) && jumps < 2) jumps += 1;
    else if (distance(place(last), place(point)) >= leastMove(point, last)) {
      kept.push(point);
      jumps = 0;
    }
  });
  return kept;
}

/** How long the phone said nothing between two counted points; standing still is no silence. */
function silence(times, from, to) {
  let longest = 0;
  let before = Date.parse(from.at);
  times.forEach((time) => {
    if (time <= before || time > Date.parse(to.at)) return;
    longest = Math.max(longest, time - before);
    before = time;
  });
  return longest / 1000;
}

function gapsOf(kept, points) {
  const times = points.map((point) => Date.parse(point.at)).sort((a, b) => a - b);
  const gaps = [];
  kept.slice(1).forEach((point, index) => {
    const last = kept[index];
    if (seconds(last, point) <= GAP_S) return;
    const metres = distance(place(last), place(point));
    if (silence(times, last, point) > GAP_S && metres > LEAST_GAP_M) gaps.push(metres);
  });
  return gaps;
}

function lineOf(kept) {
  if (kept.length < 2) return null;
  const all = kept.map(place);
  let tolerance = THIN_M;
  let coordinates = thinned(all, tolerance);
  while (coordinates.length > MOST_POSITIONS) {
    tolerance *= 2;
    coordinates = thinned(all, tolerance);
  }
  return { type: "LineString", coordinates };
}

/**
 * The way that points tell of.
 * @returns {{line: Object|null, length_m: number, gaps: number, gaps_m: number, weak: number}}
 *   `length_m` leaves out the gaps, where only a straight line of `gaps_m` metres is known; `weak`
 *   positions were too unsure to count
 */
export function wayOf(points) {
  const kept = counted(points);
  const gaps = gapsOf(kept, points);
  const missing = gaps.reduce((sum, metres) => sum + metres, 0);
  return {
    line: lineOf(kept),
    length_m: Math.max(0, lengthOf(kept.map(place)) - missing),
    gaps: gaps.length,
    gaps_m: missing,
    weak: points.filter((point) => point.accuracy_m > WORST_ACCURACY_M).length,
  };
}
