/**
 * How things look on the phone's map: each kind by colour, shape and line at once, in colours that
 * stay apart for the colour-blind (after Okabe and Ito) and in the sun.
 */

const LIGHT = {
  road: "#0b5cad",
  water_works: "#00705a",
  village_centre: "#9a2a74",
  facility: "#b34700",
  other: "#4b5560",
  paper: "#ffffff",
  ink: "#0c1518",
  ground: "#f4f3ec",
  line: "#7c8790",
  quiet: "#49545b",
  chosen: "#ffc400",
};
const DARK = {
  road: "#79b8ff",
  water_works: "#4fd0b0",
  village_centre: "#f29ad2",
  facility: "#ffa25c",
  other: "#b5bfc8",
  paper: "#10181b",
  ink: "#f3f8f7",
  ground: "#1b2528",
  line: "#7f8d94",
  quiet: "#c3d1d0",
  chosen: "#ffc400",
};
const DASHES = { road: [], water_works: [10, 5], village_centre: [2, 5], facility: [14, 4, 3, 4] };
const SIDE = 30;

/** Whether the phone wants a dark page. */
export function isDark() {
  return window.matchMedia("(prefers-color-scheme: dark)").matches;
}

/** The colours of the page's ground. */
export function colours() {
  return isDark() ? DARK : LIGHT;
}

/** The colour of a kind of asset. */
export function colourOf(kind) {
  return colours()[kind] || colours().other;
}

/** The pattern of a kind's lines, in pixels. */
export function dashOf(kind) {
  return DASHES[kind] || [4, 4];
}

const OUTLINES = {
  road(context, r) {
    context.rect(-r, -r * 0.5, r * 2, r);
  },
  water_works(context, r) {
    context.arc(0, 0, r, 0, Math.PI * 2);
  },
  village_centre(context, r) {
    context.rect(-r * 0.88, -r * 0.88, r * 1.76, r * 1.76);
  },
  facility(context, r) {
    [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]].forEach(([x, y], place) =>
      context[place ? "lineTo" : "moveTo"](x * r, y * r));
    context.closePath();
  },
  defect(context, r) {
    [[0, -1.15], [1.2, 0.95], [-1.2, 0.95]].forEach(([x, y], place) =>
      context[place ? "lineTo" : "moveTo"](x * r, y * r));
    context.closePath();
  },
  order(context, r) {
    for (let corner = 0; corner < 6; corner += 1) {
      const angle = (corner * Math.PI) / 3;
      context[corner ? "lineTo" : "moveTo"](Math.cos(angle) * r * 1.1, Math.sin(angle) * r * 1.1);
    }
    context.closePath();
  },
};

function exclamation(context, colour) {
  context.fillStyle = colour;
  context.fillRect(-1.4, -5, 2.8, 7);
  context.fillRect(-1.4, 4, 2.8, 2.8);
}

function tick(context, colour) {
  context.beginPath();
  context.moveTo(-4.5, 0);
  context.lineTo(-1.2, 3.6);
  context.lineTo(4.8, -3.6);
  context.lineWidth = 2.6;
  context.strokeStyle = colour;
  context.stroke();
}

function fillOf(sort, grade) {
  if (sort === "defect") return grade === "serious" ? "#a01515" : "#ffd400";
  if (sort === "order") return grade === "urgent" ? "#a01515" : colours().ink;
  return colourOf(sort);
}

/** Draw a symbol round the origin: a kind of asset, `defect` (by severity) or `order`. */
function drawSymbol(context, sort, grade, radius) {
  const fill = fillOf(sort, grade);
  context.lineJoin = "round";
  context.beginPath();
  (OUTLINES[sort] || OUTLINES.water_works)(context, radius);
  context.lineWidth = 4;
  context.strokeStyle = sort === "defect" ? "#0c1518" : colours().paper;
  context.stroke();
  context.fillStyle = fill;
  context.fill();
  if (sort === "defect") exclamation(context, fill === "#ffd400" ? "#0c1518" : "#ffffff");
  if (sort === "order") tick(context, grade === "urgent" ? "#ffffff" : colours().paper);
}

const drawn = new Map();

/** A symbol as a small canvas that is drawn once and copied often; `side` pixels wide and high. */
export function sprite(sort, grade, small) {
  const ratio = Math.min(3, window.devicePixelRatio || 1);
  const name = [sort, grade, small, isDark(), ratio].join(" ");
  if (!drawn.has(name)) {
    const side = small ? 14 : SIDE;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(side * ratio);
    canvas.height = Math.round(side * ratio);
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    context.translate(side / 2, side / 2);
    drawSymbol(context, sort, grade, small ? 4 : 9);
    drawn.set(name, { canvas, side });
  }
  return drawn.get(name);
}

/** A symbol beside words, in lists and in the legend. */
export function mark(sort, grade) {
  const { canvas, side } = sprite(sort, grade, false);
  const copy = document.createElement("canvas");
  copy.width = canvas.width;
  copy.height = canvas.height;
  copy.getContext("2d").drawImage(canvas, 0, 0);
  copy.className = "map-mark";
  copy.style.width = `${side}px`;
  copy.style.height = `${side}px`;
  copy.setAttribute("aria-hidden", "true");
  return copy;
}

/** A piece of a kind's line beside words. */
export function lineMark(kind) {
  const copy = document.createElement("canvas");
  copy.width = 80;
  copy.height = 16;
  const context = copy.getContext("2d");
  context.scale(2, 2);
  context.setLineDash(dashOf(kind));
  context.lineWidth = 4;
  context.strokeStyle = colourOf(kind);
  context.beginPath();
  context.moveTo(0, 4);
  context.lineTo(40, 4);
  context.stroke();
  copy.className = "map-mark map-mark-line";
  copy.setAttribute("aria-hidden", "true");
  return copy;
}
