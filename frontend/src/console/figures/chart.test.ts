import { beforeEach, expect, it, vi } from "vitest";
import { made, newPage } from "../../../tests/page";

interface Drawn {
  canvas: HTMLElement;
  locale: string;
  option: { animation: boolean; series: unknown[] };
  finish: () => void;
  resized: number;
}

const charts = vi.hoisted(() => ({ drawn: [] as unknown[], resize: (): void => undefined }));
vi.mock("echarts/core", () => ({
  use: () => undefined,
  registerLocale: () => undefined,
  init: (canvas: unknown, _: unknown, { locale }: { locale: string }) => {
    const chart = { canvas, locale, resized: 0, option: {}, finish: (): void => undefined };
    charts.drawn.push(chart);
    return { setOption: (option: object) => { chart.option = option; }, on: (_name: string, act: () => void) => { chart.finish = act; }, resize: () => { chart.resized += 1; } };
  },
}));
for (const name of ["charts", "components", "renderers"]) vi.doMock(`echarts/${name}`, () => new Proxy({}, { get: (_, one) => (one === "then" ? undefined : one), has: () => true }));
vi.mock("echarts/i18n/langZH-obj.js", () => ({ default: {} }));


async function open(lang: string, calm: boolean): Promise<void> {
  vi.resetModules();
  charts.drawn = [];
  newPage();
  Object.assign(document.documentElement, { lang });
  vi.stubGlobal("matchMedia", () => ({ matches: calm }));
  vi.stubGlobal("getComputedStyle", () => ({ fontFamily: "sans-serif" }));
  vi.stubGlobal("ResizeObserver", class {
    constructor(act: () => void) { charts.resize = act; }
    readonly observe = vi.fn();
  });
  const button = made("button", { "data-chart-switch": true, hidden: true, "data-table": "Table", "data-picture": "Chart" });
  document.body.append(
    made("script", { id: "bars" }, JSON.stringify({ type: "bars", unit: "%", rows: [{ name: "甲", value: 1 }, { name: "乙", value: 2 }] })),
    made("script", { id: "trend" }, JSON.stringify({ type: "trend", unit: "件", labels: ["1月"], series: [{ name: "今年", values: [1] }] })),
    made("figure", { "data-chart": "bars" }, button, made("div", { "data-chart-table": true })), made("figure", { "data-chart": "trend" }), made("figure", { "data-chart": "missing" }),
  );
  await import("./chart");
}

const drawn = (at: number): Drawn => charts.drawn[at] as Drawn;

beforeEach(() => open("zh-Hans", false));

it("draws each figure in its language, as high as it has rows", () => {
  expect(charts.drawn).toHaveLength(2);
  expect([drawn(0).locale, drawn(0).canvas.style.height, drawn(1).canvas.style.height]).toEqual(["ZH", "116px", "180px"]);
  expect(drawn(0).option.animation).toBe(true);
});

it("is still for whoever wants no movement, and speaks English elsewhere", async () => {
  await open("en", true);
  expect([drawn(0).option.animation, drawn(0).locale]).toEqual([false, "EN"]);
});

it("has its table one press away", () => {
  const [table, button] = [document.querySelector<HTMLElement>("[data-chart-table]"), document.querySelector<HTMLElement>("[data-chart-switch]")];
  if (!table || !button) throw new Error("no table");
  expect([table.hidden, button.hidden, button.textContent]).toEqual([true, false, "Table"]);
  button.click();
  expect([table.hidden, drawn(0).canvas.hidden, button.textContent, button.getAttribute("aria-pressed")]).toEqual([false, true, "Chart", "true"]);
  button.click();
  expect([table.hidden, drawn(0).canvas.hidden]).toEqual([true, false]);
});

it("says by a mark that it is drawn, and follows its room", () => {
  const figure = document.querySelector<HTMLElement>("[data-chart=bars]");
  expect(figure?.dataset.drawn).toBeUndefined();
  drawn(0).finish();
  expect(figure?.dataset.drawn).toBe("");
  charts.resize();
  expect(drawn(1).resized).toBe(1);
});
