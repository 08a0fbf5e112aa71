// One grid is chosen at a time; map, list and detail stay in step.
import htmx from "htmx.org";
import type { FilterSpecification, LngLatBoundsLike, Map as MapLibre, MapGeoJSONFeature, Point } from "maplibre-gl";
import { word, type MapConfig } from "./map-base";
import { LEVELS, levelsAt } from "./map-grids";

const SAME = (code: string): FilterSpecification => ["==", ["get", "code"], code];

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

export class Picker {
  private chosen = "";
  private readonly tip = document.createElement("div");

  constructor(
    private readonly map: MapLibre,
    private readonly element: HTMLElement,
    private readonly config: MapConfig,
  ) {
    this.tip.className = "map-tip";
    this.tip.hidden = true;
    element.append(this.tip);
    map.on("mousemove", (event) => { this.hover(event.point); });
    map.on("mouseout", () => { this.leave(); });
    map.on("click", (event) => { this.pickAt(event.point); });
    map.getCanvas().addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.pickAt(map.project(map.getCenter()));
    });
    this.followList();
    const wanted = new URLSearchParams(location.search).get("grid");
    if (wanted) this.choose(wanted, true);
  }

  /** Mark a grid on the map and in the list, and fetch its detail. */
  choose(code: string, fly: boolean): void {
    this.chosen = code;
    this.filter("picked", code);
    this.filter("picked-edge", code);
    const row = this.markRow(code);
    history.replaceState(null, "", `?${new URLSearchParams({ grid: code }).toString()}`);
    const address = this.config.detail?.replace("{code}", encodeURIComponent(code));
    const told = address && document.getElementById("map-detail") ? htmx.ajax("get", address, "#map-detail") : Promise.resolve();
    // The detail takes room beside the map: only then is it known where the grid has to come to lie.
    void told.then(() => {
      if (fly && code === this.chosen) this.fly(row?.dataset.box);
    });
  }

  private filter(part: string, code: string): void {
    for (const level of LEVELS) this.map.setFilter(`${level}-${part}`, SAME(code));
  }

  private at(point: Point): MapGeoJSONFeature[] {
    const layers = levelsAt(this.map.getZoom()).map((level) => `${level}-fill`);
    const found = this.map.queryRenderedFeatures(point, { layers });
    const seen = new Set<string>();
    return found.filter((feature) => {
      const code = text(feature.properties.code);
      return !seen.has(code) && seen.add(code);
    });
  }

  // Stacked grids lie on one another: pressing again goes to the next of them.
  private pickAt(point: Point): void {
    const codes = this.at(point).map((feature) => text(feature.properties.code)).sort();
    const next = codes[(codes.indexOf(this.chosen) + 1) % codes.length];
    if (next) this.choose(next, false);
  }

  private hover(point: Point): void {
    const found = this.at(point);
    const first = found[0];
    this.map.getCanvas().style.cursor = first ? "pointer" : "";
    this.filter("over", text(first?.properties.code));
    this.tip.hidden = !first;
    if (!first) return;
    this.tip.replaceChildren(...this.lines(first, found.length));
    const right = point.x > this.element.clientWidth - 240;
    this.tip.style.transform = `translate(${point.x + (right ? -16 : 16)}px, ${point.y + 12}px)${right ? " translateX(-100%)" : ""}`;
  }

  private leave(): void {
    this.tip.hidden = true;
    this.filter("over", "");
  }

  private lines(feature: MapGeoJSONFeature, stack: number): HTMLElement[] {
    const grid = feature.properties;
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

  private counts(grid: Record<string, unknown>): string {
    const said = [`${text(grid.households)} ${word(this.element, "households")}`];
    if (Number(grid.shops)) said.push(`${text(grid.shops)} ${word(this.element, "shops")}`);
    if (Number(grid.hours)) said.push(`${Number(grid.hours).toFixed(1)} ${word(this.element, "hours")}`);
    return said.join(" · ");
  }

  private markRow(code: string): HTMLElement | undefined {
    let chosen: HTMLElement | undefined;
    for (const row of document.querySelectorAll<HTMLElement>("[data-list] [data-code]")) {
      const here = row.dataset.code === code;
      row.toggleAttribute("data-at", here);
      if (here) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
      if (here) chosen = row;
    }
    chosen?.scrollIntoView({ block: "nearest" });
    return chosen;
  }

  private fly(box: string | undefined): void {
    this.map.resize();
    const edges = (box ?? "").split(",").map(Number);
    if (edges.length === 4) this.map.fitBounds(edges as unknown as LngLatBoundsLike, { padding: 80, maxZoom: 17, duration: 900 });
  }

  // Rows, and links in the detail, carry data-code: <li data-row data-code="…" data-box="w,s,e,n"><a href="…">.
  private followList(): void {
    document.addEventListener("click", (event) => {
      const link = (event.target as Element).closest<HTMLElement>("[data-code] a, a[data-code]");
      const code = link?.closest<HTMLElement>("[data-code]")?.dataset.code;
      if (!code || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.choose(code, true);
    });
    for (const kind of ["pointerover", "focusin"] as const) {
      document.addEventListener(kind, (event) => {
        const row = (event.target as Element).closest<HTMLElement>("[data-list] [data-code]");
        if (row) this.filter("over", row.dataset.code ?? "");
      });
    }
  }
}
