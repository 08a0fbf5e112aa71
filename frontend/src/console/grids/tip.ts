// What the pointer is over: a grid's name, its doors and what is wrong with it.
import type { Point } from "maplibre-gl";
import { word } from "../../map/ground";

type Properties = Record<string, unknown>;

export function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

export class Tip {
  private readonly box = document.createElement("div");

  constructor(private readonly element: HTMLElement) {
    this.box.className = "map-tip";
    this.box.hidden = true;
    element.append(this.box);
  }

  show(point: Point, grid: Properties, stack: number): void {
    this.box.hidden = false;
    this.box.replaceChildren(...this.lines(grid, stack));
    const right = point.x > this.element.clientWidth - 240;
    this.box.style.transform = `translate(${point.x + (right ? -16 : 16)}px, ${point.y + 12}px)${right ? " translateX(-100%)" : ""}`;
  }

  hide(): void {
    this.box.hidden = true;
  }

  private lines(grid: Properties, stack: number): HTMLElement[] {
    const told = [
      ["strong", text(grid.name)],
      ["span", this.counts(grid)],
      ["span", text(grid.stacked) && `${word(this.element, "stacked")} ${text(grid.stacked)}`],
      ["span", stack > 1 ? word(this.element, "again") : ""],
      ["em", Number(grid.staff) === 0 ? word(this.element, "vacant") : ""],
      ["em", text(grid.broken)],
    ] as const;
    return told.filter(([, said]) => said).map(([tag, said]) => {
      const line = document.createElement(tag);
      line.textContent = said;
      return line;
    });
  }

  private counts(grid: Properties): string {
    const said = [`${text(grid.households)} ${word(this.element, "households")}`];
    if (Number(grid.shops)) said.push(`${text(grid.shops)} ${word(this.element, "shops")}`);
    if (Number(grid.hours)) said.push(`${Number(grid.hours).toFixed(1)} ${word(this.element, "hours")}`);
    return said.join(" · ");
  }
}
