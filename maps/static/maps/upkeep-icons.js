/**
 * Symbols of assets, defects, work orders, closures and structures, drawn on canvases.
 * What an asset's upkeep lacks is its outline's shape and colour; words stand in the legend.
 */
import { ground, onGround } from "./palette.js";
import { canvasOf, displayed, glyph } from "./icons.js";

export const GAP_COLOURS = {
  none: "#2e7d32", no_agreement: "#c62828", no_keeper: "#d9730d", no_money: "#7b3fa0", no_inspection: "#9a6b00", not_kept: "#7d7d85",
};
export const STATE_COLOURS = {
  in_service: "#2e7d32", restricted: "#d9730d", out_of_service: "#c62828", building: "#5b6fb5", decommissioned: "#7d7d85",
};
const GRAVITY = { minor: "#5b6fb5", moderate: "#d9730d", serious: "#c62828" };
const URGENCY = { normal: "#0b5cad", high: "#d9730d", urgent: "#c62828" };
const GAP_CORNERS = { none: 0, no_agreement: 4, no_keeper: 3, no_money: -4, no_inspection: 6, not_kept: 0 };
/** Line patterns, in widths of the line; a managed road is drawn through. */
export const GAP_DASHES = { none: null, no_agreement: [1.4, 1.1], no_keeper: [3.2, 1.2], no_money: [3.4, 1, 0.7, 1], no_inspection: [0.5, 1], not_kept: [0.6, 2.2] };

const PICTURES = {
  order: "M14.7 3.6a5 5 0 0 0-6.2 6.4L3.4 15.1l4.5 4.5 5.1-5.1a5 5 0 0 0 6.4-6.2l-3.2 3.2-3-1-.9-2.9z",
  bridge: "M2 9h20v3h-2v7h-3v-4a5 5 0 0 0-10 0v4H4v-7H2z",
  culvert: "M3 6h18v3H3zM6 11h12v8h-3v-3a3 3 0 0 0-6 0v3H6z",
  tunnel: "M3 20V12a9 9 0 0 1 18 0v8h-4v-8a5 5 0 0 0-10 0v8z",
  safety: "M3 8h18v3H3zM3 13h18v3H3zM5 16h2v4H5zM17 16h2v4h-2z",
  sign: "M12 3l9 9-9 9-9-9zM12 7l-5 5 5 5 5-5z",
  retaining_wall: "M4 5h4v15H4zM9 9h4v11H9zM14 13h6v7h-6z",
};

/** The colour of an asset: of what it lacks, or of its state. */
export function assetColour(gap, state, by, theme) {
  const colour = by === "state" || !gap ? STATE_COLOURS[state] : GAP_COLOURS[gap];
  return onGround(colour || GAP_COLOURS.not_kept, theme);
}

function outline(context, corners, radius) {
  context.beginPath();
  if (!corners) {
    context.arc(0, 0, radius, 0, Math.PI * 2);
    return;
  }
  const count = Math.abs(corners);
  const turn = corners < 0 ? Math.PI / 4 : 0;
  const reach = radius * (count === 3 ? 1.42 : count === 4 ? 1.26 : 1.12);
  for (let corner = 0; corner < count; corner += 1) {
    const angle = turn - Math.PI / 2 + (corner * Math.PI * 2) / count;
    context[corner ? "lineTo" : "moveTo"](Math.cos(angle) * reach, Math.sin(angle) * reach);
  }
  context.closePath();
}

function plate(context, corners, radius, colour, paper, hollow) {
  outline(context, corners, radius + 1.2);
  context.fillStyle = paper;
  context.fill();
  outline(context, corners, radius);
  context.fillStyle = hollow ? paper : colour;
  context.fill();
  if (!hollow) return;
  context.lineWidth = 1.8;
  context.strokeStyle = colour;
  context.stroke();
}

function picture(context, name, size, colour) {
  context.save();
  context.scale(size / 24, size / 24);
  context.translate(-12, -12);
  context.fillStyle = colour;
  context.fill(new Path2D(PICTURES[name]), "evenodd");
  context.restore();
}

function late(context, radius, theme) {
  context.beginPath();
  context.arc(0, 0, radius + 3, 0, Math.PI * 2);
  context.lineWidth = 2;
  context.strokeStyle = onGround("#c62828", theme);
  context.stroke();
}

const DRAWERS = {
  asset(context, [kind, gap, state, by, theme], radius) {
    const hollow = state !== "in_service" && by !== "state";
    const colour = assetColour(gap, state, by, theme);
    const paper = theme === "dark" ? "#12181d" : "#ffffff";
    plate(context, by === "state" ? 0 : GAP_CORNERS[gap] || 0, radius, colour, paper, hollow);
    glyph(context, kind, radius * 1.2, hollow ? colour : paper);
  },
  defect(context, [severity, overdue, theme], radius) {
    const paper = theme === "dark" ? "#12181d" : "#ffffff";
    if (overdue === "true") late(context, radius, theme);
    plate(context, 3, radius, onGround(GRAVITY[severity] || GRAVITY.minor, theme), paper, false);
    context.fillStyle = paper;
    context.fillRect(-1, -radius * 0.5, 2, radius * 0.62);
    context.fillRect(-1, radius * 0.28, 2, 2);
  },
  order(context, [priority, overdue, theme], radius) {
    const paper = theme === "dark" ? "#12181d" : "#ffffff";
    if (overdue === "true") late(context, radius, theme);
    plate(context, -4, radius, onGround(URGENCY[priority] || URGENCY.normal, theme), paper, false);
    picture(context, "order", radius * 1.5, paper);
  },
  closure(context, [now, theme], radius) {
    const colour = onGround(now === "true" ? "#c62828" : "#7d7d85", theme);
    plate(context, 0, radius, colour, "#ffffff", false);
    context.fillStyle = "#ffffff";
    context.fillRect(-radius * 0.62, -radius * 0.2, radius * 1.24, radius * 0.4);
  },
  structure(context, [kind, theme], radius) {
    const colours = ground(theme);
    plate(context, 0, radius * 0.92, colours.text, colours.paper, true);
    if (PICTURES[kind]) picture(context, kind, radius * 1.25, colours.text);
  },
};

/** The image of a symbol's name, such as `order|urgent|true|light`; null for others' names. */
export function upkeepImage(name) {
  const [sort, ...parts] = name.split("|");
  if (!DRAWERS[sort]) return null;
  const side = 36;
  const canvas = canvasOf(side, side, 2);
  const context = canvas.getContext("2d");
  context.scale(2, 2);
  context.translate(side / 2, side / 2);
  DRAWERS[sort](context, parts, sort === "asset" && !parts[0] ? 5.5 : 10);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** A symbol as an element for lists and legends; words stand beside it. */
export function upkeepMark(sort, ...parts) {
  const canvas = canvasOf(28, 28, 2);
  const context = canvas.getContext("2d");
  context.scale(2, 2);
  context.translate(14, 14);
  DRAWERS[sort](context, parts, sort === "asset" && !parts[0] ? 7 : 9);
  return displayed(canvas, 28, 28);
}

/** A piece of road that lacks something, as an element for legends. */
export function gapLine(gap, colour) {
  const canvas = canvasOf(34, 12, 2);
  const context = canvas.getContext("2d");
  context.scale(2, 2);
  context.strokeStyle = colour;
  context.lineWidth = 3.6;
  if (GAP_DASHES[gap]) context.setLineDash(GAP_DASHES[gap].map((length) => length * 3.6));
  context.beginPath();
  context.moveTo(1, 6);
  context.lineTo(33, 6);
  context.stroke();
  return displayed(canvas, 34, 12);
}
