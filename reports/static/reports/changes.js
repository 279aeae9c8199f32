/** Draws the sites that changed on the outlines of the units; the list beside it has them all. */

import { currentTheme } from "../js/frame.js";
import { calm, look } from "./chart-look.js";
import { aspectOf, readOutlines } from "./charts.js";

const MARKS = {
  started: { symbol: "path://M0 0v12l10-6z", light: "#a45000", dark: "#f0a35a" },
  finished: { symbol: "circle", light: "#0f7a4d", dark: "#5cc28f" },
  accepted: { symbol: "rect", light: "#1a6f9a", dark: "#7cc0ea" },
  suspended: { symbol: "triangle", light: "#b07a00", dark: "#f4c26b" },
  cancelled: { symbol: "diamond", light: "#c62828", dark: "#ff7b72" },
  state: { symbol: "path://M0 0h12v5H0z", light: "#5d6e73", dark: "#a9b7b6" },
  moved: { symbol: "pin", light: "#7b3fa0", dark: "#c79be6" },
};
const board = document.querySelector("[data-board]");
const place = document.querySelector("[data-changes-map]");
const data = JSON.parse(document.getElementById("changes-data").textContent);
let chart = null;

function option(collection, printing) {
  const colours = look(currentTheme() === "dark", printing);
  const kinds = Object.keys(MARKS).filter((kind) => data.points.some((point) => point.kind === kind));
  return {
    animation: !calm() && !printing,
    textStyle: { fontFamily: colours.font, color: colours.ink },
    tooltip: {
      renderMode: "richText",
      confine: true,
      backgroundColor: colours.surface,
      borderColor: colours.line,
      textStyle: { color: colours.ink, fontSize: 13 },
      formatter: (item) => (item.data && item.data.href ? `${item.name}\n${item.data.code}\n${item.seriesName}` : ""),
    },
    legend: { bottom: 0, selectedMode: true, textStyle: { color: colours.ink, fontSize: 13 } },
    geo: {
      map: "changed",
      nameProperty: "name",
      aspectScale: aspectOf(collection),
      roam: true,
      scaleLimit: { min: 1, max: 40 },
      top: 8,
      bottom: 40,
      silent: true,
      label: { show: collection.features.length <= 40, color: colours.quiet, fontSize: 12 },
      itemStyle: { areaColor: colours.isDark ? "#22313a" : "#f1f4f1", borderColor: colours.quiet },
    },
    series: kinds.map((kind) => ({
      name: data.words[kind],
      type: "scatter",
      coordinateSystem: "geo",
      symbol: MARKS[kind].symbol,
      symbolSize: data.points.length > 300 ? 8 : 12,
      itemStyle: {
        color: colours.isDark ? MARKS[kind].dark : MARKS[kind].light,
        borderColor: colours.surface,
        borderWidth: 1,
      },
      data: data.points
        .filter((point) => point.kind === kind)
        .map((point) => ({ name: point.name, code: point.code, href: point.href, value: point.at })),
    })),
  };
}

async function draw(printing) {
  const collection = await readOutlines(data.shapes);
  if (!chart) {
    if (!collection.features.length) return;
    window.echarts.registerMap("changed", { geoJSON: collection });
    board.classList.add("charted");
    chart = window.echarts.init(place, null, { renderer: "canvas" });
    chart.on("click", (event) => {
      if (event.data && event.data.href) window.location.assign(event.data.href);
    });
    new ResizeObserver(() => chart.resize()).observe(place);
  }
  chart.setOption(option(collection, printing), { notMerge: true });
  board.dataset.ready = "";
}

window.addEventListener("beforeprint", () => draw(true));
window.addEventListener("afterprint", () => draw(false));
document.addEventListener("atlas:theme", () => draw(false));
draw(false);
