/** The charts of the dashboard: each function turns what was counted into an option of ECharts. */

import { CLASSES, number, percent, sentence, tenThousand } from "./chart-look.js";

const MOST_BARS = 40;

function shared(colours, size) {
  return {
    textStyle: { fontFamily: colours.font, color: colours.ink, fontSize: size },
    aria: { enabled: false },
    tooltip: {
      renderMode: "richText",
      confine: true,
      backgroundColor: colours.surface,
      borderColor: colours.line,
      textStyle: { color: colours.ink, fontSize: size },
    },
  };
}

function axis(colours, size, more) {
  return {
    axisLabel: { color: colours.quiet, fontSize: size },
    axisLine: { lineStyle: { color: colours.line } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: colours.line } },
    nameTextStyle: { color: colours.quiet, fontSize: size },
    ...more,
  };
}

/** A row's words: planned, finished, share. */
function progressWords(row) {
  const words = sentence(gettext("%(finished)s of %(sites)s sites finished"), {
    finished: number(row.finished),
    sites: number(row.sites),
  });
  return `${row.name}\n${words} (${percent(row.finished_percent)})`;
}

function shareWords(row, withNumbers) {
  const share = percent(row.finished_percent);
  return withNumbers ? `${share}  ${number(row.finished)} / ${number(row.sites)}` : share;
}

/** Units in the colour of their finished share, with their names. */
export function mapOption(data, context) {
  const { colours, size, mapName, aspect, large, narrow } = context;
  const rows = new Map(data.places.rows.map((row) => [row.code, row]));
  const pieces = CLASSES.slice(0, -1).map((edge, index) => ({
    gte: edge,
    lt: CLASSES[index + 1],
    label: `${edge}–${CLASSES[index + 1]}${narrow ? "" : " %"}`,
    color: colours.ramp[index],
  }));
  pieces.push({ gte: 100, label: narrow ? "100" : "100 %", color: colours.ramp[5] });
  return {
    ...shared(colours, size),
    tooltip: {
      ...shared(colours, size).tooltip,
      formatter: (item) => (rows.has(item.name) ? progressWords(rows.get(item.name)) : ""),
    },
    visualMap: {
      type: "piecewise",
      pieces,
      left: narrow ? "center" : 0,
      bottom: 0,
      orient: narrow ? "horizontal" : "vertical",
      itemGap: narrow ? 4 : 10,
      textGap: 4,
      itemWidth: large && !narrow ? 22 : 14,
      itemHeight: large ? 16 : 12,
      textStyle: { color: colours.quiet, fontSize: narrow ? 11 : size },
      hoverLink: false,
      selectedMode: false,
    },
    series: [
      {
        id: "units",
        type: "map",
        map: mapName,
        nameProperty: "code",
        aspectScale: aspect,
        roam: false,
        top: 8,
        bottom: narrow ? 64 : 8,
        selectedMode: false,
        labelLayout: { hideOverlap: true },
        label: {
          show: data.places.rows.length <= MOST_BARS,
          formatter: (item) => (rows.has(item.name) ? rows.get(item.name).name : ""),
          color: colours.ink,
          fontSize: size,
          textBorderColor: colours.surface,
          textBorderWidth: 3,
        },
        itemStyle: { borderColor: colours.surface, borderWidth: 1, areaColor: colours.tint },
        emphasis: {
          label: { color: colours.ink },
          itemStyle: { areaColor: null, borderColor: colours.ink, borderWidth: 2 },
        },
        data: data.places.rows
          .filter((row) => row.code)
          .map((row) => ({
            name: row.code,
            value: row.finished_percent === null ? NaN : row.finished_percent,
            choose: row.choose,
            itemStyle: row.is_chosen
              ? { borderColor: colours.red, borderWidth: 3 }
              : { borderColor: colours.surface, borderWidth: 1 },
          })),
      },
    ],
  };
}

/**
 * Planned and finished sites of rows, one bar inside the other, with the share written beside.
 * With `context.shares` every planned bar is 100 %, so that small rows can be read beside large.
 */
export function progressOption(rows, context) {
  const { colours, size, shares, narrow } = context;
  const widest = narrow ? 8 : context.labelWidth || 11;
  const shown = rows.filter((row) => row.sites && row.choose).slice(0, context.most || MOST_BARS);
  const marked = shown.some((row) => row.is_chosen);
  const faint = (row) => (marked && !row.is_chosen ? 0.35 : 1);
  const bar = (row, value, colour) => ({
    value,
    choose: row.choose,
    itemStyle: { color: colour, opacity: faint(row) },
  });
  return {
    ...shared(colours, size),
    tooltip: {
      ...shared(colours, size).tooltip,
      trigger: "axis",
      axisPointer: { type: "none" },
      formatter: (items) => progressWords(shown[items[0].dataIndex]),
    },
    grid: { left: 4, right: size * (shares && !narrow ? 11 : 6), top: 4, bottom: 4, containLabel: true },
    xAxis: axis(colours, size, { type: "value", minInterval: 1, max: shares ? 100 : null }),
    yAxis: axis(colours, size, {
      type: "category",
      inverse: true,
      data: shown.map((row) => row.label || row.name),
      axisLabel: {
        color: colours.ink,
        fontSize: size,
        interval: 0,
        width: size * widest,
        overflow: "truncate",
      },
    }),
    series: [
      {
        id: "planned",
        type: "bar",
        barWidth: "62%",
        data: shown.map((row) => bar(row, shares ? 100 : row.sites, colours.tint)),
        label: {
          show: true,
          position: "right",
          opacity: 1,
          color: colours.quiet,
          fontSize: size,
          formatter: (item) => shareWords(shown[item.dataIndex], shares && !narrow),
        },
      },
      {
        id: "finished",
        type: "bar",
        barWidth: "62%",
        barGap: "-100%",
        data: shown.map((row) => bar(row, shares ? row.finished_percent : row.finished, colours.brand)),
      },
    ],
  };
}

/** Money by stage, parted by source, in ten thousand yuan. */
export function moneyOption(data, context) {
  const { colours, size } = context;
  const stages = ["budget", "allocated", "released", "paid"];
  const marked = data.sources.some((source) => source.is_chosen);
  return {
    ...shared(colours, size),
    tooltip: {
      ...shared(colours, size).tooltip,
      formatter: (item) => `${item.name}\n${item.seriesName}: ${number(item.value, 2)}`,
    },
    legend: { top: 0, textStyle: { color: colours.ink, fontSize: size }, selectedMode: false },
    grid: { left: 4, right: size * 2, top: size * 3, bottom: 4, containLabel: true },
    xAxis: axis(colours, size, {
      type: "value",
      axisLabel: { color: colours.quiet, fontSize: size, hideOverlap: true },
    }),
    yAxis: axis(colours, size, {
      type: "category",
      inverse: true,
      data: stages.map((stage) => data.words.stage[stage]),
    }),
    series: data.sources.map((source) => ({
      id: source.level,
      name: source.name,
      type: "bar",
      stack: "money",
      barWidth: "58%",
      itemStyle: {
        color: colours.sources[source.level],
        borderColor: colours.surface,
        borderWidth: 1,
        opacity: marked && !source.is_chosen ? 0.3 : 1,
      },
      data: stages.map((stage) => ({
        value: tenThousand(source[stage]),
        choose: source.choose,
      })),
    })),
  };
}

function line(id, name, rows, key, more) {
  return {
    id,
    name,
    type: "line",
    data: rows.map((row) => ({ value: row[key], choose: row.choose })),
    showSymbol: true,
    symbolSize: 6,
    connectNulls: false,
    ...more,
  };
}

/** The sums month by month: planned against finished sites, and the money paid behind them. */
export function monthsOption(data, context) {
  const { colours, size } = context;
  const rows = data.months;
  const chosen = rows.find((row) => row.is_chosen);
  const words = {
    planned: gettext("Planned sites"),
    finished: gettext("Finished sites"),
    paid: gettext("Paid (10,000 yuan)"),
  };
  return {
    ...shared(colours, size),
    tooltip: {
      ...shared(colours, size).tooltip,
      trigger: "axis",
      formatter: (items) => monthWords(rows[items[0].dataIndex], words),
    },
    legend: { top: 0, textStyle: { color: colours.ink, fontSize: size }, selectedMode: false },
    grid: { left: 4, right: 4, top: size * 4, bottom: 4, containLabel: true },
    xAxis: axis(colours, size, { type: "category", data: rows.map((row) => row.month) }),
    yAxis: [
      axis(colours, size, { type: "value", minInterval: 1 }),
      axis(colours, size, { type: "value", splitLine: { show: false } }),
    ],
    series: [
      {
        id: "paid",
        name: words.paid,
        type: "bar",
        yAxisIndex: 1,
        itemStyle: { color: colours.tint },
        data: rows.map((row) => ({
          value: row.paid === null ? null : tenThousand(row.paid),
          choose: row.choose,
        })),
      },
      line("planned", words.planned, rows, "planned", {
        lineStyle: { type: "dashed", color: colours.quiet, width: 2 },
        itemStyle: { color: colours.quiet },
        symbol: "emptyCircle",
      }),
      line("finished", words.finished, rows, "finished", {
        lineStyle: { color: colours.brand, width: 3 },
        itemStyle: { color: colours.brand },
        symbol: "circle",
        markLine: chosen && {
          symbol: "none",
          silent: true,
          lineStyle: { color: colours.red, type: "solid" },
          label: { show: false },
          data: [{ xAxis: chosen.month }],
        },
      }),
    ],
  };
}

function monthWords(row, words) {
  const lines = [row.month, `${words.planned}: ${number(row.planned)}`];
  if (!row.is_future) {
    lines.push(`${words.finished}: ${number(row.finished)}`);
    lines.push(`${words.paid}: ${number(tenThousand(row.paid), 2)}`);
  }
  return lines.join("\n");
}

/** Units from the largest to the smallest. */
export function rankingOption(data, context) {
  const { colours, size } = context;
  const rows = data.ranking.rows.slice(0, context.most || MOST_BARS);
  const decimals = data.ranking.by === "late" ? 0 : 1;
  return {
    ...shared(colours, size),
    grid: { left: 4, right: size * 7, top: 4, bottom: 4, containLabel: true },
    xAxis: axis(colours, size, { type: "value", show: false }),
    yAxis: axis(colours, size, {
      type: "category",
      inverse: true,
      data: rows.map((row, index) => `${index + 1}  ${row.name}`),
      axisLabel: { color: colours.ink, fontSize: size, interval: 0 },
    }),
    series: [
      {
        id: "rank",
        type: "bar",
        barWidth: "62%",
        itemStyle: { color: colours.brand },
        data: rows.map((row) => row.value),
        label: {
          show: true,
          position: "right",
          color: colours.ink,
          fontSize: size,
          formatter: (item) => number(item.value, decimals),
        },
      },
    ],
  };
}
