// The map of one plan: its grids from one address, before or after, over the imported ground.
import type { GeoJSONSource, Map as MapLibre, MapGeoJSONFeature, Point } from "maplibre-gl";
import type { MapConfig } from "../../map/config";
import { groundStyle, openMap, readConfig, ROAD_NAMES } from "../../map/ground";
import { addSigns } from "../grids/signs";
import { text, Tip } from "../grids/tip";
import { above, borders, fills, NO_CODE } from "./layers";

export interface PlanConfig extends MapConfig {
  /** Addresses of the grids, by the side that is shown. */
  sides: Record<string, string>;
  /** Units of the buildings that change their grid. */
  moved: string[];
  /** Address that tells of one grid; empty where the page has no place for it. */
  grid: string;
}

const LEAVES = ["plan-micro", "plan-exclusive"];

export class PlanMap {
  readonly map: MapLibre | null;
  side = "after";
  private readonly tip: Tip;

  constructor(readonly element: HTMLElement, readonly config: PlanConfig) {
    const style = groundStyle(config, fills);
    style.sources.plan = { type: "geojson", data: config.sides.after ?? "" };
    for (const source of ["lines", "drawn"]) style.sources[source] = { type: "geojson", data: { type: "FeatureCollection", features: [] } };
    style.layers.push(ROAD_NAMES, ...above(config.moved), ...borders("lines"), ...borders("drawn"));
    this.map = openMap(element, config, style);
    this.tip = new Tip(element);
    if (!this.map) return;
    addSigns(this.map);
    this.map.on("mousemove", (event) => { this.hover(event.point); });
    this.map.on("mouseout", () => { this.leave(); });
  }

  /** Show the grids of one side. */
  show(side: string): void {
    const address = this.config.sides[side];
    if (!address || !this.map) return;
    this.side = side;
    void this.map.getSource<GeoJSONSource>("plan")?.setData(address);
    this.map.setLayoutProperty("plan-moved", "visibility", side === "after" ? "visible" : "none");
  }

  /** Mark a grid with one of the layers `picked`, `over` or `target`; nothing for an empty code. */
  mark(layer: string, code: string): void {
    this.map?.setFilter(layer, code ? ["==", ["get", "code"], code] : NO_CODE);
  }

  /** The leaf grids at a point, each once. */
  leavesAt(point: Point): MapGeoJSONFeature[] {
    const found = this.map?.queryRenderedFeatures(point, { layers: LEAVES }) ?? [];
    const codes = found.map((feature) => text(feature.properties.code));
    return found.filter((_, at) => codes.indexOf(codes[at] ?? "") === at);
  }

  private hover(point: Point): void {
    const [first, ...others] = this.leavesAt(point);
    this.mark("plan-over", text(first?.properties.code));
    if (first) this.tip.show(point, first.properties, others.length + 1);
    else this.tip.hide();
  }

  private leave(): void {
    this.tip.hide();
    this.mark("plan-over", "");
  }
}

/** Move two maps together: whichever moves takes the other along. */
export function inStep(first: MapLibre, second: MapLibre): void {
  let led = false;
  for (const [leader, follower] of [[first, second], [second, first]] as const) {
    leader.on("move", () => {
      if (led) return;
      led = true;
      follower.jumpTo({ center: leader.getCenter(), zoom: leader.getZoom() });
      led = false;
    });
  }
}

export function openPlanMap(element: HTMLElement): PlanMap {
  return new PlanMap(element, readConfig(element) as PlanConfig);
}
