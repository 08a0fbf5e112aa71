import { describe, expect, it } from "vitest";
import { barOptions, type Bars } from "./bars";
import { trendOptions, type Trend } from "./trend";

interface Drawn {
  xAxis: { max?: number; data?: string[] };
  yAxis: { max?: number; data?: string[] };
  tooltip: { formatter: (at: { dataIndex: number }) => string; valueFormatter: (value: unknown) => string };
  series: { name?: string; data: ({ value: number | null; itemStyle?: { color: string }; label?: { formatter: string } } | number | null)[]; label: { formatter: (at: { dataIndex: number }) => string }; markLine?: { label: { formatter: string } }; z?: number }[];
}

const BARS: Bars = {
  type: "bars", unit: "%", median: 60, median_label: "中位数",
  rows: [{ name: "甲", value: 40, of: [4, 10] }, { name: "乙", value: 80, of: [8, 10] }, { name: "丙", value: null, few: "不足 5 件" }],
};

describe("bars", () => {
  const drawn = (bars: Bars): Drawn => barOptions(bars) as unknown as Drawn;

  it("stand by size, those with too few cases last and without a bar", () => {
    const { yAxis, series } = drawn(BARS);
    expect(yAxis.data).toEqual(["乙", "甲", "丙"]);
    expect(series[0]?.data.map((one) => (one as { value: number | null }).value)).toEqual([80, 40, null]);
  });

  it("tell counts before per cent, and why there is none", () => {
    const { series, tooltip } = drawn(BARS);
    expect([0, 1, 2, 9].map((dataIndex) => series[0]?.label.formatter({ dataIndex }))).toEqual(["8 / 10  80%", "4 / 10  40%", "不足 5 件", ""]);
    expect(tooltip.formatter({ dataIndex: 0 })).toBe("乙\n8 / 10  80%");
    expect(tooltip.formatter({ dataIndex: 9 })).toBe("");
  });

  it("are lighter below the median, which is drawn only where there is one", () => {
    const colours = (bars: Bars): string[] => drawn(bars).series[0]?.data.map((one) => (one as { itemStyle: { color: string } }).itemStyle.color) ?? [];
    const [above, below] = colours(BARS);
    expect(above).not.toBe(below);
    expect(drawn(BARS).series[0]?.markLine?.label.formatter).toBe("中位数 60%");
    const plain: Bars = { type: "bars", unit: "%", rows: BARS.rows };
    expect(new Set(colours(plain)).size).toBe(1);
    expect(drawn(plain).series[0]?.markLine).toBeUndefined();
  });

  it("of shares end at a hundred, of counts where they end", () => {
    expect(drawn(BARS).xAxis.max).toBe(100);
    expect(drawn({ type: "bars", unit: "件", rows: [{ name: "甲", value: null }] }).xAxis.max).toBeUndefined();
    expect(drawn({ type: "bars", unit: "件", rows: [{ name: "甲", value: null }] }).series[0]?.label.formatter({ dataIndex: 0 })).toBe("–件");
  });
});

describe("a trend", () => {
  const TREND: Trend = {
    type: "trend", unit: "件", labels: ["1月", "2月", "3月"],
    series: [{ name: "今年", values: [3, 5, null] }, { name: "去年", values: [2, 2, 4], past: true }, { name: "空", values: [null, null, null] }],
  };
  const drawn = trendOptions(TREND) as unknown as Drawn;

  it("names its last value and keeps gaps", () => {
    const [now, past, none] = drawn.series;
    expect(now?.data[1]).toMatchObject({ value: 5, label: { formatter: "今年 5" } });
    expect([now?.data[0], now?.data[2]]).toEqual([3, null]);
    expect(past?.data[2]).toMatchObject({ value: 4, label: { formatter: "去年 4" } });
    expect(none?.data).toEqual([null, null, null]);
  });

  it("tells many lines apart by colour and a legend, as their names would lie over each other", () => {
    const many = ["甲", "乙", "丙", "丁"].map((name) => ({ name, values: [1, 2, 3] }));
    const { series, legend } = trendOptions({ ...TREND, series: many }) as unknown as Drawn & { legend: { show: boolean } };
    expect(legend.show).toBe(true);
    expect(new Set(series.map((one) => (one as unknown as { itemStyle: { color: string } }).itemStyle.color)).size).toBe(4);
    expect(series.map((one) => one.data[2])).toEqual([3, 3, 3, 3]);
    expect((drawn as unknown as { legend: { show: boolean } }).legend.show).toBe(false);
  });

  it("draws last year behind this one", () => {
    expect(drawn.series[1]?.z).toBeLessThan(drawn.series[0]?.z ?? 0);
  });

  it("says its unit, and ends at a hundred for shares alone", () => {
    expect(drawn.tooltip.valueFormatter(5)).toBe("5 件");
    expect(drawn.yAxis.max).toBeUndefined();
    expect((trendOptions({ ...TREND, unit: "%" }) as unknown as Drawn).yAxis.max).toBe(100);
  });
});
