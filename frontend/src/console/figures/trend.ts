// Small lines over time; last year's in grey behind this year's.
import type { EChartsCoreOption } from "echarts/core";

export interface Line {
  name: string;
  values: (number | null)[];
  /** Last year's: grey, behind. */
  past?: boolean;
}

export interface Trend {
  type: "trend";
  unit: string;
  labels: string[];
  series: Line[];
}

const NOW = "#1d4ed8";
const PAST = "#948d7d";
/** Of several lines: apart from each other also to the colour-blind (Okabe and Ito). */
const SEVERAL = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#5f594b"];
/** So many lines bear their names at their ends; of more the names would lie over each other. */
const NAMED = 2;

function line(one: Line, at: number, several: boolean): object {
  const colour = one.past ? PAST : several ? SEVERAL[at % SEVERAL.length] : NOW;
  const last = one.values.findLastIndex((value) => value !== null);
  return {
    name: one.name, type: "line", z: one.past ? 1 : 2, connectNulls: false,
    symbol: one.past ? "none" : "circle", symbolSize: 5,
    lineStyle: { color: colour, width: one.past ? 1.5 : 2.5, type: one.past ? "dashed" : "solid" },
    itemStyle: { color: colour },
    data: one.values.map((value, place) => place === last && !several
      ? { value, symbol: "circle", symbolSize: 5, label: { show: true, position: "right", color: one.past ? "#5f594b" : NOW, fontSize: 13, formatter: `${one.name} ${value ?? ""}` } }
      : value),
  };
}

export function severalLines(trend: Trend): boolean {
  return trend.series.length > NAMED + 1;
}

export function trendOptions(trend: Trend): EChartsCoreOption {
  const several = severalLines(trend);
  return {
    legend: { show: several, type: "scroll", top: 0, left: 0, textStyle: { fontSize: 13 } },
    grid: { left: 8, right: several ? 24 : 84, top: several ? 44 : 16, bottom: 4, containLabel: true },
    xAxis: {
      type: "category", data: trend.labels, boundaryGap: false, axisTick: { show: false },
      axisLine: { lineStyle: { color: "#8b8577" } }, axisLabel: { color: "#4d5663", hideOverlap: true, fontSize: 13 },
    },
    yAxis: { type: "value", min: 0, max: trend.unit === "%" ? 100 : undefined, splitNumber: 3, splitLine: { lineStyle: { color: "#e7e1d5" } }, axisLabel: { color: "#4d5663", fontSize: 13 } },
    tooltip: { trigger: "axis", renderMode: "richText", valueFormatter: (value: unknown) => `${Number(value)} ${trend.unit}` },
    series: trend.series.map((one, at) => line(one, at, several)),
  };
}
