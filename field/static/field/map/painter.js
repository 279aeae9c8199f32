/** Draws a scene on a canvas: everything of one look in one stroke, nothing outside the view. */

import { chainageText } from "../forms/values.js";
import { ticksOf } from "./geometry.js";
import { worldOf } from "./scene.js";
import { colourOf, colours, dashOf, sprite } from "./symbols.js";

const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif';
const VILLAGES_FROM = 12;
const SYMBOLS_FROM = 12;
const NAMES_FROM = 16;
const FAR_STEP = 1000;
const TICKS = [[17, 100], [15, 500], [13, FAR_STEP]];
/** Areas that are smaller than this on the screen get their kind's symbol. */
const SMALL_PX = 20;
const MARGIN_PX = 40;
/** An order stands beside the defect that it repairs, not under it. */
const OFFSETS = { order: [12, 12], defect: [0, 0] };

function meets(box, view) {
  return box[0] <= view.box[2] && box[2] >= view.box[0] && box[1] <= view.box[3]
    && box[3] >= view.box[1];
}

function holds(at, view) {
  return meets([at[0], at[1], at[0], at[1]], view);
}

/** Trace a line, leaving out what lies within a pixel of what was drawn. */
function trace(context, path, view) {
  let [x, y] = view.pixel(path[0], path[1]);
  context.moveTo(x, y);
  for (let place = 2; place < path.length; place += 2) {
    const px = (path[place] - view.left) * view.scale;
    const py = (path[place + 1] - view.top) * view.scale;
    if (place === path.length - 2 || Math.abs(px - x) + Math.abs(py - y) > 1.5) {
      context.lineTo(px, py);
      x = px;
      y = py;
    }
  }
}

function strokeAll(context, shapes, view, { width, colour, dash }) {
  context.beginPath();
  shapes.forEach((shape) => shape.paths.forEach((path) => trace(context, path, view)));
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.setLineDash(dash || []);
  context.stroke();
  context.setLineDash([]);
}

function outlines(context, scene, view) {
  const shown = scene.outlines.filter((outline) => meets(outline.box, view));
  context.beginPath();
  shown.forEach((outline) => outline.paths.forEach((path) => trace(context, path, view)));
  context.fillStyle = colours().ground;
  context.fill("evenodd");
  strokeAll(context, shown, view, { width: 2, colour: colours().line, dash: [8, 4] });
}

function fills(context, areas, view) {
  areas.forEach((shape) => {
    context.beginPath();
    shape.paths.forEach((path) => trace(context, path, view));
    context.globalAlpha = 0.25;
    context.fillStyle = colourOf(shape.kind);
    context.fill("evenodd");
    context.globalAlpha = 1;
  });
}

function lines(context, scene, view, chosen) {
  const shown = scene.lines.filter((shape) => meets(shape.box, view));
  const width = view.zoom < 12 ? 2.5 : 4;
  context.lineCap = "butt";
  context.lineJoin = "round";
  fills(context, shown.filter((shape) => shape.isArea), view);
  strokeAll(context, shown.filter(({ record }) => record.id === chosen), view, {
    width: width + 12,
    colour: colours().chosen,
  });
  strokeAll(context, shown, view, { width: width + 3, colour: colours().paper });
  new Set(shown.map(({ kind }) => kind)).forEach((kind) => {
    const alike = shown.filter((shape) => shape.kind === kind);
    strokeAll(context, alike, view, { width, colour: colourOf(kind), dash: dashOf(kind) });
  });
}

/** Writes labels that do not cover one another; the first come stay. */
function labeller(context) {
  const taken = [];
  return (text, x, y, { size, colour, bold }) => {
    context.font = `${bold ? "600 " : ""}${size}px ${FONT}`;
    const width = context.measureText(text).width + 6;
    const box = [x, y - size, x + width, y + 4];
    const covers = (other) =>
      box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1];
    if (taken.some(covers)) return;
    taken.push(box);
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.strokeStyle = colours().paper;
    context.strokeText(text, x, y);
    context.fillStyle = colour;
    context.fillText(text, x, y);
  };
}

function tickStep(zoom) {
  const found = TICKS.find(([from]) => zoom >= from);
  return found ? found[1] : 0;
}

function oneTick(context, tick, view, label) {
  const [x, y] = view.pixel(...worldOf(...tick.at));
  const [ax, ay] = view.pixel(...worldOf(...tick.from));
  const [bx, by] = view.pixel(...worldOf(...tick.to));
  const length = Math.hypot(bx - ax, by - ay) || 1;
  const [nx, ny] = [-(by - ay) / length, (bx - ax) / length];
  context.beginPath();
  context.moveTo(x - nx * 7, y - ny * 7);
  context.lineTo(x + nx * 7, y + ny * 7);
  context.lineWidth = 2;
  context.strokeStyle = colours().ink;
  context.stroke();
  label(chainageText(tick.chainage_m), x + 10, y + 5, { size: 13, colour: colours().ink });
}

function ticks(context, scene, view, label) {
  const step = tickStep(view.zoom);
  if (!step) return;
  scene.lines.filter((shape) => meets(shape.box, view)).forEach((shape) => {
    if (!shape.ticks || shape.ticks.step !== step) {
      shape.ticks = { step, all: ticksOf(shape.record, step) };
    }
    shape.ticks.all.forEach((tick) => {
      // From afar every village lane would say K0+000 and nothing else.
      if (step === FAR_STEP && !tick.chainage_m) return;
      if (holds(worldOf(...tick.at), view)) oneTick(context, tick, view, label);
    });
  });
}

function stamp(context, symbol, x, y) {
  const { canvas, side } = symbol;
  context.drawImage(canvas, x - side / 2, y - side / 2, side, side);
}

function isSmall({ isArea, box }, view) {
  return isArea && Math.max(box[2] - box[0], box[3] - box[1]) * view.scale < SMALL_PX;
}

function points(context, scene, view, chosen) {
  const small = view.zoom < SYMBOLS_FROM;
  scene.lines.filter((shape) => isSmall(shape, view) && holds(shape.at, view)).forEach((shape) =>
    stamp(context, sprite(shape.kind, "", small), ...view.pixel(...shape.at)));
  scene.points.forEach((shape) => {
    if (!holds(shape.at, view)) return;
    const [x, y] = view.pixel(...shape.at);
    if (shape.record.id === chosen) {
      context.beginPath();
      context.arc(x, y, 19, 0, Math.PI * 2);
      context.fillStyle = colours().chosen;
      context.fill();
    }
    stamp(context, sprite(shape.kind, "", small), x, y);
  });
}

function pins(context, scene, view) {
  scene.pins.forEach((pin) => {
    if (!holds(pin.at, view)) return;
    const [x, y] = view.pixel(...pin.at);
    const [right, up] = OFFSETS[pin.sort];
    stamp(context, sprite(pin.sort, pin.grade, false), x + right, y - up);
  });
}

function nameIn(record, english) {
  return (english && record.name_en) || record.name || "";
}

function villages(scene, view, label, english) {
  if (view.zoom < VILLAGES_FROM) return;
  scene.villages.filter(({ at }) => holds(at, view)).forEach((village) => {
    const [x, y] = view.pixel(...village.at);
    label(nameIn(village, english), x, y, { size: 14, colour: colours().quiet, bold: true });
  });
}

function names(scene, view, label, english) {
  if (view.zoom < NAMES_FROM) return;
  [...scene.points, ...scene.lines].filter(({ at }) => holds(at, view)).forEach((shape) => {
    const [x, y] = view.pixel(...shape.at);
    label(nameIn(shape.record, english), x + 16, y + 18, { size: 13, colour: colourOf(shape.kind) });
  });
}

/**
 * Draw a scene.
 * @param {CanvasRenderingContext2D} context in pixels of the page
 * @param {Object} scene of scene.js
 * @param {{left: number, top: number, scale: number, zoom: number, width: number,
 *   height: number}} place the world's corner at zoom 0, pixels of the page to one of the world
 * @param {{chosen: (string|null), english: boolean}} options
 */
export function paint(context, scene, place, { chosen, english }) {
  const margin = MARGIN_PX / place.scale;
  const view = {
    ...place,
    box: [
      place.left - margin,
      place.top - margin,
      place.left + place.width / place.scale + margin,
      place.top + place.height / place.scale + margin,
    ],
    pixel: (x, y) => [(x - place.left) * place.scale, (y - place.top) * place.scale],
  };
  const label = labeller(context);
  outlines(context, scene, view);
  lines(context, scene, view, chosen);
  villages(scene, view, label, english);
  ticks(context, scene, view, label);
  points(context, scene, view, chosen);
  pins(context, scene, view);
  names(scene, view, label, english);
}
