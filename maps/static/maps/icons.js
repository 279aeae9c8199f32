/**
 * Symbols drawn on canvases, for the map and for every list and legend alike.
 * Outline = delay (circle, triangle, diamond), filling = phase of the state, picture = kind.
 */
import { DELAY_COLOURS, PHASE_COLOURS, ground, onGround } from "./palette.js";

const GLYPHS = {
  road: "M8.6 4h2L9.2 20H5zM13.4 4h2L19 20h-4.2zM11.4 5h1.2v3h-1.2zM11.4 10.4h1.2v3.2h-1.2zM11.4 16h1.2v3.4h-1.2z",
  village_centre: "M8 8.4l6.4 5h-1.6V19H3.2v-5.6H1.6zM16 5l6.6 5.2H21V19h-6.6v-6.4l-3.2-2.6 1-.8z",
  water_works: "M12 3.4c3.9 4.6 6.1 7.7 6.1 10.6a6.1 6.1 0 0 1-12.2 0C5.9 11.1 8.1 8 12 3.4z",
  housing: "M12 4.4l8.6 7.4h-2.4V20h-4.4v-5h-3.6v5H5.8v-8.2H3.4z",
  facility: "M5.6 4.4h12.8V20H5.6zM8.4 7.2v2.4h2.4V7.2zM13.2 7.2v2.4h2.4V7.2zM8.4 12v2.4h2.4V12zM13.2 12v2.4h2.4V12zM10.6 16.6V20h2.8v-3.4z",
};

/** Trace an outline of a delay round (0, 0) with about the same visual weight each. */
function trace(context, delay, radius) {
  context.beginPath();
  if (delay === "yellow") {
    const side = radius * 1.36;
    context.moveTo(0, -side * 0.98);
    context.lineTo(side, side * 0.74);
    context.lineTo(-side, side * 0.74);
    context.closePath();
  } else if (delay === "red") {
    const half = radius * 1.28;
    context.moveTo(0, -half);
    context.lineTo(half, 0);
    context.lineTo(0, half);
    context.lineTo(-half, 0);
    context.closePath();
  } else {
    context.arc(0, 0, radius, 0, Math.PI * 2);
  }
}

/** The colour of a symbol under the chosen colouring. */
export function symbolColour(delay, phase, by, theme) {
  if (phase === "halted") return onGround(PHASE_COLOURS.halted, theme);
  const colour = by === "state" ? PHASE_COLOURS[phase] : DELAY_COLOURS[delay];
  return onGround(colour || DELAY_COLOURS.green, theme);
}

/** Draw the picture of a kind round the origin. */
export function glyph(context, kind, size, colour) {
  if (!GLYPHS[kind]) return;
  context.save();
  context.scale(size / 24, size / 24);
  context.translate(-12, -12);
  context.fillStyle = colour;
  context.fill(new Path2D(GLYPHS[kind]), "evenodd");
  context.restore();
}

/**
 * Draw a symbol round the origin.
 * @param {CanvasRenderingContext2D} context
 * @param {{kind: string, delay: string, phase: string, by: string, theme: string, colour?: string}} what
 * @param {number} radius of the outline, in pixels
 */
function drawSymbol(context, what, radius) {
  const colour = what.colour || symbolColour(what.delay, what.phase, what.by, what.theme);
  const paper = what.theme === "dark" ? "#12181d" : "#ffffff";
  const hollow = what.phase === "before";
  context.lineJoin = "round";
  trace(context, what.delay, radius + (what.phase === "work" ? 2.4 : 1));
  context.fillStyle = what.phase === "work" ? colour : paper;
  context.fill();
  if (what.phase === "work") {
    trace(context, what.delay, radius + 0.9);
    context.fillStyle = paper;
    context.fill();
  }
  trace(context, what.delay, radius - (what.phase === "work" ? 0.6 : 0));
  context.fillStyle = hollow ? paper : colour;
  context.fill();
  if (hollow) {
    context.lineWidth = 1.7;
    context.strokeStyle = colour;
    context.stroke();
  }
  const picture = hollow ? colour : what.delay === "yellow" && what.by !== "state" ? "#3a2a00" : paper;
  context.translate(0, what.delay === "yellow" ? radius * 0.12 : 0);
  glyph(context, what.kind, radius * (what.delay === "green" ? 1.4 : 1.16), picture);
  if (what.phase === "halted") slash(context, radius, paper);
}

function slash(context, radius, paper) {
  context.lineCap = "round";
  [[3.4, paper], [1.6, "#b3261e"]].forEach(([width, colour]) => {
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.beginPath();
    context.moveTo(-radius * 0.75, radius * 0.75);
    context.lineTo(radius * 0.75, -radius * 0.75);
    context.stroke();
  });
}

/** A canvas of so many pixels, at `ratio` of the screen's to one. */
export function canvasOf(width, height, ratio) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  return canvas;
}

/** Parts into which the ring of a group is divided. */
export const RING_PARTS = 12;
/** Radii of the rings of groups, from few sites to very many. */
export const RING_RADII = { s: 11, m: 14, l: 18, x: 23 };

/**
 * The ring of a group: how much of it is late, clockwise from the top; red, then yellow, then green.
 * @param {string[]} parts size, red parts, yellow parts, theme
 */
function ringImage([size, red, yellow, theme]) {
  const rest = Math.max(0, RING_PARTS - Number(red) - Number(yellow));
  return sharesImage(size, theme, [["red", red], ["yellow", yellow], ["green", rest]]);
}

/** The ring of a group of assets: what lacks something, what is managed, and what nobody keeps up. */
function assetRing([size, gaps, managed, theme]) {
  const green = Math.min(Number(managed), RING_PARTS - Number(gaps));
  return sharesImage(size, theme, [["red", gaps], ["green", green], ["grey", RING_PARTS - gaps - green]]);
}

function sharesImage(size, theme, shares) {
  const radius = RING_RADII[size];
  const side = radius * 2 + 10;
  const canvas = canvasOf(side, side, 2);
  const context = canvas.getContext("2d");
  const paper = ground(theme).paper;
  context.scale(2, 2);
  context.translate(side / 2, side / 2);
  context.beginPath();
  context.arc(0, 0, radius + 3, 0, Math.PI * 2);
  context.fillStyle = paper;
  context.fill();
  let from = -Math.PI / 2;
  shares.forEach(([colour, parts]) => {
    const until = from + (Math.min(Number(parts), RING_PARTS) / RING_PARTS) * Math.PI * 2;
    context.beginPath();
    context.arc(0, 0, radius, from, until);
    context.lineWidth = 3.6;
    context.strokeStyle = onGround(DELAY_COLOURS[colour] || PHASE_COLOURS.halted, theme);
    if (until > from) context.stroke();
    from = until;
  });
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** A group of defects (pointed above) or of work orders (square). @param {string[]} parts */
function bundleImage([layer, size, theme]) {
  const radius = RING_RADII[size];
  const side = radius * 2 + 12;
  const canvas = canvasOf(side, side, 2);
  const context = canvas.getContext("2d");
  context.scale(2, 2);
  context.translate(side / 2, side / 2);
  context.beginPath();
  if (layer === "defects") {
    context.moveTo(0, -radius - 4);
    context.lineTo(radius + 3, radius * 0.8);
    context.lineTo(-radius - 3, radius * 0.8);
    context.closePath();
  } else context.rect(-radius, -radius * 0.8, radius * 2, radius * 1.6);
  context.fillStyle = ground(theme).paper;
  context.fill();
  context.lineWidth = 2.6;
  context.strokeStyle = onGround(layer === "defects" ? "#d9730d" : "#0b5cad", theme);
  context.stroke();
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/**
 * The image of a symbol's name for the map, at two pixels each:
 * `site|kind|delay|phase|by|theme` or `ring|size|red|yellow|theme`.
 */
export function mapImage(name) {
  const [sort, kind, delay, phase, by, theme] = name.split("|");
  if (sort === "ring") return ringImage(name.split("|").slice(1));
  if (sort === "assets") return assetRing(name.split("|").slice(1));
  if (sort === "bundle") return bundleImage(name.split("|").slice(1));
  if (sort !== "site") return null;
  const side = 34;
  const canvas = canvasOf(side, side, 2);
  const context = canvas.getContext("2d");
  context.scale(2, 2);
  context.translate(side / 2, side / 2);
  drawSymbol(context, { kind, delay, phase, by, theme }, kind ? 10.5 : 5);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** A canvas shown at a size, hidden from assistive technology. */
export function displayed(canvas, width, height) {
  canvas.className = "mk-mark";
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
}

/**
 * A symbol as an element for lists and legends; words stand beside it.
 * @param {{kind?: string, delay?: string, phase?: string, by?: string, theme: string, colour?: string}} what
 *   `colour` stands in for the meaning's colour where only the kind is meant
 */
export function mark(what) {
  const side = what.kind ? 26 : 18;
  const canvas = canvasOf(side, side, 2);
  const context = canvas.getContext("2d");
  context.scale(2, 2);
  context.translate(side / 2, side / 2);
  const full = Object.assign({ delay: "green", phase: "done", by: "delay" }, what);
  drawSymbol(context, full, what.kind ? 9.6 : 6);
  return displayed(canvas, side, side);
}

/** Line patterns by phase, in widths of the line. */
export const DASHES = { before: [1.1, 1.3], work: [3.2, 1.4], done: null, halted: [0.6, 2.2] };

/**
 * A piece of road as an element for legends.
 * @param {{colour: string, phase?: string, width?: number}} what
 */
export function lineMark(what) {
  const canvas = canvasOf(34, 12, 2);
  const context = canvas.getContext("2d");
  const width = what.width || 3.4;
  context.scale(2, 2);
  context.strokeStyle = what.colour;
  context.lineWidth = width;
  const dash = DASHES[what.phase || "done"];
  if (dash) context.setLineDash(dash.map((length) => length * width));
  context.beginPath();
  context.moveTo(1, 7);
  context.bezierCurveTo(11, 1, 22, 11, 33, 5);
  context.stroke();
  return displayed(canvas, 34, 12);
}
