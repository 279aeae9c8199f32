/**
 * Draws the charts of a board and keeps them alive: a new state of the same chart moves from the
 * old one. ECharts draws on canvas and writes its hints there too, so that no style is inlined.
 */

import { currentTheme } from "../js/frame.js";
import { calm, look } from "./chart-look.js";
import {
  mapOption,
  moneyOption,
  monthsOption,
  progressOption,
  rankingOption,
} from "./chart-options.js";

const ROW_HEIGHT = 26;
const MOST_BARS = 40;
const NARROW = 480;
const MAP_NAME = "units";
const outlines = new Map();
const charts = new Map();
let choose = () => {};
const watcher = new ResizeObserver((entries) => {
  for (const entry of entries) {
    const chart = window.echarts.getInstanceByDom(entry.target);
    if (chart) chart.resize();
  }
});

/** What a click on a chart calls with the query that it chooses. */
export function onChoose(action) {
  choose = action;
}

/** Outlines of the units, read once an address. */
export async function readOutlines(address) {
  if (!outlines.has(address)) {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(`outlines: ${answer.status}`);
    outlines.set(address, await answer.json());
  }
  return outlines.get(address);
}

/** The ratio of a degree of longitude to one of latitude in the middle of the outlines. */
export function aspectOf(collection) {
  let south = 90;
  let north = -90;
  const walk = (part) => {
    if (typeof part[0] === "number") {
      south = Math.min(south, part[1]);
      north = Math.max(north, part[1]);
    } else {
      part.forEach(walk);
    }
  };
  for (const feature of collection.features) walk(feature.geometry.coordinates);
  return south > north ? 0.85 : Math.cos((((south + north) / 2) * Math.PI) / 180);
}

/** Draw every chart of a board from its data; `settings` has `size`, `large` and `most`. */
export async function draw(board, data, settings) {
  const context = { size: 13, ...settings };
  context.colours = look(context.dark || currentTheme() === "dark", context.printing);
  for (const element of board.querySelectorAll("[data-chart]")) {
    const option = await optionOf(element, data, context);
    if (option) show(element, option, context);
  }
}

async function optionOf(element, data, shared) {
  const kind = element.dataset.chart;
  const context = { ...shared, narrow: element.clientWidth < NARROW };
  if (kind === "map") {
    const collection = await readOutlines(data.urls.shapes);
    if (!collection.features.length) return null;
    window.echarts.registerMap(MAP_NAME, { geoJSON: collection });
    return mapOption(data, { ...context, mapName: MAP_NAME, aspect: aspectOf(collection) });
  }
  if (kind === "places") return progressOption(data.places.rows, fit(element, data.places.rows, context));
  if (kind === "programmes") {
    const rows = named(data.programmes);
    return progressOption(rows, { ...fit(element, rows, context), shares: true, labelWidth: 16 });
  }
  if (kind === "money") return moneyOption(data, context);
  if (kind === "months") return monthsOption(data, context);
  return rankingOption(data, fit(element, data.ranking.rows, context));
}

/** Programmes with their year before the name, where several years are shown. */
function named(rows) {
  const years = new Set(rows.map((row) => row.year));
  return rows.map((row) => ({
    ...row,
    label: years.size > 1 && !row.name.includes(row.year) ? `${row.year} ${row.name}` : row.name,
  }));
}

/** Make room for the bars of rows; where the page fixes the height, letters that fit it. */
function fit(element, rows, context) {
  const bars = Math.min(rows.filter((row) => row.sites !== 0).length, context.most || MOST_BARS);
  if (!context.large) {
    element.style.height = `${Math.max(bars, 3) * ROW_HEIGHT + 40}px`;
    return context;
  }
  const room = (element.clientHeight || 400) / (Math.max(bars, 3) + 2);
  return { ...context, size: Math.max(11, Math.min(context.size, Math.floor(room * 0.8))) };
}

function show(element, option, context) {
  let chart = window.echarts.getInstanceByDom(element);
  if (!chart) {
    chart = window.echarts.init(element, null, { renderer: "canvas" });
    chart.on("click", (event) => {
      if (event.data && event.data.choose) choose(event.data.choose);
    });
    watcher.observe(element);
    charts.set(element.dataset.chart, element);
  }
  const animation = !calm() && !context.printing;
  chart.setOption({ animation, animationDurationUpdate: 500, ...option }, { replaceMerge: ["series"] });
  chart.resize();
}

/** Put the living charts of an old board into a new one, which takes its place. */
export function keepCharts(board) {
  for (const place of board.querySelectorAll("[data-chart]")) {
    const living = charts.get(place.dataset.chart);
    if (living) place.replaceWith(living);
  }
}
