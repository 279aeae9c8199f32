/** What lies under a thumb. */

import { footOn } from "./geometry.js";
import { worldOf } from "./scene.js";

const THUMB_PX = 24;
const LINE_PX = 20;
const MOST = 6;

function pinsNear(scene, near) {
  const points = scene.points.map((shape) => ({ sort: "asset", record: shape.record, at: shape.at }));
  return [...scene.pins, ...points].map((one) => ({ ...one, px: near(one.at) }))
    .filter(({ px }) => px <= THUMB_PX);
}

function linesNear(scene, { lon, lat, world, scale, metresToAPixel }) {
  const reach = LINE_PX / scale;
  return scene.lines
    .filter(({ box }) => box[0] - reach <= world[0] && box[2] + reach >= world[0]
      && box[1] - reach <= world[1] && box[3] + reach >= world[1])
    .map(({ record }) => ({
      sort: "asset",
      record,
      px: footOn(record.geometry, lon, lat).metres / metresToAPixel,
    }))
    .filter(({ px }) => px <= LINE_PX);
}

/**
 * The things at a place, the nearest first, points before lines.
 * @param {Object} scene
 * @param {{lon: number, lat: number, zoom: number}} tap
 * @returns {{sort: ("asset"|"defect"|"order"), record: Object, px: number}[]}
 */
export function thingsAt(scene, { lon, lat, zoom }) {
  const scale = 2 ** zoom;
  const world = worldOf(lon, lat);
  const near = (at) => Math.hypot(at[0] - world[0], at[1] - world[1]) * scale;
  const metresToAPixel = (40075016.7 * Math.cos((lat * Math.PI) / 180)) / (256 * scale);
  const byNearness = (a, b) => a.px - b.px;
  return [
    ...pinsNear(scene, near).sort(byNearness),
    ...linesNear(scene, { lon, lat, world, scale, metresToAPixel }).sort(byNearness),
  ].slice(0, MOST);
}
