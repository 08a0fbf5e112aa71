// One grid is chosen at a time; map, list and detail stay in step.
import type { FilterSpecification, LngLatBoundsLike, Map as MapLibre, MapGeoJSONFeature, Point } from "maplibre-gl";
import type { MapConfig } from "../../map/config";
import htmx from "../../page/htmx";
import { LEVELS, levelsAt } from "./layers";
import { text, Tip } from "./tip";

const SAME = (code: string): FilterSpecification => ["==", ["get", "code"], code];

export class Picker {
  private chosen = "";
  private readonly tip: Tip;

  constructor(
    private readonly map: MapLibre,
    element: HTMLElement,
    private readonly config: MapConfig,
  ) {
    this.tip = new Tip(element);
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
    const shown = new URLSearchParams(this.config.keep);
    shown.set("grid", code);
    history.replaceState(null, "", `?${shown.toString()}`);
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
    if (first) this.tip.show(point, first.properties, found.length);
    else this.tip.hide();
  }

  private leave(): void {
    this.tip.hide();
    this.filter("over", "");
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
