// Charts from the figures of the page: <figure data-chart="id"> with its table inside and a JSON script of that id.
// The table is there first and stays one press away; the chart only takes its place.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, LegendScrollComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, registerLocale, use } from "echarts/core";
import langZH from "echarts/i18n/langZH-obj.js";
import { CanvasRenderer } from "echarts/renderers";
import { barOptions, type Bars } from "./bars";
import { severalLines, trendOptions, type Trend } from "./trend";

use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, LegendScrollComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);
registerLocale("ZH", langZH);

type Figures = Bars | Trend;

function height(figures: Figures): number {
  return figures.type === "bars" ? 56 + 30 * figures.rows.length : severalLines(figures) ? 300 : 180;
}

function draw(figure: HTMLElement, figures: Figures): void {
  const canvas = document.createElement("div");
  canvas.className = "chart-canvas";
  canvas.style.height = `${height(figures)}px`;
  const table = figure.querySelector<HTMLElement>("[data-chart-table]");
  figure.insertBefore(canvas, table);
  const locale = document.documentElement.lang.startsWith("zh") ? "ZH" : "EN";
  const chart = init(canvas, null, { renderer: "canvas", locale });
  chart.on("finished", () => { figure.dataset.drawn = ""; });
  chart.setOption({
    aria: { enabled: true },
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 180,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    ...(figures.type === "bars" ? barOptions(figures) : trendOptions(figures)),
  });
  new ResizeObserver(() => { chart.resize(); }).observe(canvas);
  if (table) offerTable(figure, canvas, table);
}

function offerTable(figure: HTMLElement, canvas: HTMLElement, table: HTMLElement): void {
  const button = figure.querySelector<HTMLButtonElement>("[data-chart-switch]");
  if (!button) return;
  const show = (asTable: boolean): void => {
    table.hidden = !asTable;
    canvas.hidden = asTable;
    button.setAttribute("aria-pressed", String(asTable));
    button.textContent = (asTable ? button.dataset.picture : button.dataset.table) ?? "";
  };
  button.hidden = false;
  button.addEventListener("click", () => { show(Boolean(table.hidden)); });
  show(false);
}

for (const figure of document.querySelectorAll<HTMLElement>("[data-chart]")) {
  const source = document.getElementById(figure.dataset.chart ?? "");
  if (source) draw(figure, JSON.parse(source.textContent) as Figures);
}
