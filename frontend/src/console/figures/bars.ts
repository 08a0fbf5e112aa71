// Sorted bars with the median of like areas; shares are told as counts before per cent.
import type { EChartsCoreOption } from "echarts/core";

export interface Bar {
  name: string;
  value: number | null;
  /** Counts behind a share: how many of how many. */
  of?: [part: number, whole: number];
  /** What to say instead of a value when there are too few cases. */
  few?: string;
}

export interface Bars {
  type: "bars";
  unit: string;
  rows: Bar[];
  median?: number;
  median_label?: string;
}

const INK = "#1c2430";
const QUIET = "#4d5663";

function told(bar: Bar, unit: string): string {
  if (bar.few) return bar.few;
  const value = `${bar.value ?? "–"}${unit}`;
  return bar.of ? `${bar.of[0]} / ${bar.of[1]}  ${value}` : value;
}

export function barOptions(bars: Bars): EChartsCoreOption {
  const rows = [...bars.rows].sort((a, b) => (b.value ?? -1) - (a.value ?? -1));
  return {
    grid: { left: 8, right: 116, top: 28, bottom: 4, containLabel: true },
    xAxis: { type: "value", min: 0, ...(bars.unit === "%" && { max: 100 }), splitLine: { show: false }, axisLabel: { show: false } },
    yAxis: {
      type: "category", inverse: true, data: rows.map((row) => row.name), axisTick: { show: false },
      axisLine: { lineStyle: { color: "#8b8577" } }, axisLabel: { color: INK, fontSize: 14 },
    },
    // Rich text: the other way of drawing a tooltip writes styles into the page, which the content policy forbids.
    tooltip: { trigger: "item", renderMode: "richText", formatter: (at: { dataIndex: number }) => {
      const row = rows[at.dataIndex];
      return row ? `${row.name}\n${told(row, bars.unit)}` : "";
    } },
    series: [{
      type: "bar",
      barWidth: 16,
      data: rows.map((row) => ({ value: row.few ? null : row.value, itemStyle: { color: below(row, bars) ? "#8fa8e3" : "#1d4ed8" } })),
      label: { show: true, position: "right", color: INK, fontSize: 13, backgroundColor: "#fff", padding: [1, 4], formatter: (at: { dataIndex: number }) => {
        const row = rows[at.dataIndex];
        return row ? told(row, bars.unit) : "";
      } },
      ...(bars.median !== undefined && { markLine: median(bars) }),
    }],
  };
}

function below(row: Bar, bars: Bars): boolean {
  return bars.median !== undefined && (row.value ?? 0) < bars.median;
}

function median(bars: Bars): object {
  return {
    silent: true, symbol: "none", animation: false,
    lineStyle: { color: INK, type: "dashed", width: 1.5 },
    label: { color: QUIET, fontSize: 13, position: "start", distance: 6, formatter: `${bars.median_label ?? ""} ${bars.median ?? ""}${bars.unit}` },
    data: [{ xAxis: bars.median }],
  };
}
