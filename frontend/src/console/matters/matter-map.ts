// The map of open matters: the server counts them by cells; near enough, each stands at its own place.
import type { GeoJSONSource, LngLat, Map as MapLibre, MapGeoJSONFeature } from "maplibre-gl";
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import type { MapConfig } from "../../map/config";
import { FONT, groundStyle, openMap, readConfig, ROAD_NAMES, word } from "../../map/ground";
import { openLegend } from "../../map/legend";
import { text } from "../grids/tip";

interface MatterMap extends MapConfig {
  /** Where the signs come from, and what they are narrowed to. */
  spots: string;
  query: string;
  /** Address of one matter, with {number}; of the list. */
  matter: string;
  list: string;
  /** The zoom from which places are exact. */
  single: number;
}

type Properties = Record<string, string | number>;

interface Spots {
  type: "FeatureCollection";
  features: { type: "Feature"; geometry: { type: "Point"; coordinates: [lon: number, lat: number] }; properties: Properties }[];
}

const COLOURS = { many: "#1d4ed8", hidden: "#475569", calm: "#64748b", soon: "#b45309", late: "#b91c1c" };
const EMPTY: Spots = { type: "FeatureCollection", features: [] };

const has = (name: string): ExpressionSpecification => ["has", name];
const ring: ExpressionSpecification = ["case", has("late"), COLOURS.late, has("soon"), COLOURS.soon, COLOURS.calm];
const single: ExpressionSpecification = ["has", "number"];
const hidden: ExpressionSpecification = ["has", "community"];
const size: ExpressionSpecification = ["interpolate", ["linear"], ["ln", ["get", "count"]], 0, 13, 3, 18, 8, 30];

/** What stands in a circle: a count, or the first character of the tier with a sign of its urgency. */
const SAID: ExpressionSpecification = [
  "case",
  single,
  ["concat", ["slice", ["get", "tier"], 0, 1], ["case", has("late"), "!", has("soon"), "△", ""]],
  ["to-string", ["get", "count"]],
];

function layers(element: HTMLElement): LayerSpecification[] {
  return [
    {
      id: "spots", type: "circle", source: "spots", filter: ["!", hidden],
      paint: {
        "circle-radius": ["case", single, 12, size],
        "circle-color": ["case", single, "#ffffff", COLOURS.many],
        "circle-stroke-color": ring,
        "circle-stroke-width": ["case", has("late"), 4, has("soon"), 3, 2],
      },
    },
    {
      id: "spots-said", type: "symbol", source: "spots", filter: ["!", hidden],
      layout: { "text-field": SAID, "text-font": FONT, "text-size": 13, "text-allow-overlap": true },
      paint: { "text-color": ["case", single, "#1c2430", "#ffffff"] },
    },
    {
      // In words below the circle: nothing is told by colour alone.
      id: "late-said", type: "symbol", source: "spots", filter: ["all", ["!", hidden], ["!", single], has("late")],
      layout: {
        "text-field": ["concat", `${word(element, "late")} `, ["to-string", ["get", "late"]]],
        "text-font": FONT, "text-size": 12, "text-anchor": "top", "text-offset": [0, 1.5], "text-optional": true,
      },
      paint: { "text-color": COLOURS.late, "text-halo-color": "#ffffff", "text-halo-width": 2 },
    },
    {
      id: "hidden-said", type: "symbol", source: "spots", filter: hidden,
      layout: { "text-field": ["concat", `${word(element, "secret")} `, ["to-string", ["get", "count"]]], "text-font": FONT, "text-size": 15, "text-allow-overlap": true },
      paint: { "text-color": COLOURS.hidden, "text-halo-color": "#ffffff", "text-halo-width": 2.5 },
    },
  ];
}

function sum(spots: Spots, name: string, want: (properties: Properties) => boolean): number {
  const chosen = spots.features.map((spot) => spot.properties).filter(want);
  return chosen.reduce((total, properties) => total + Number(properties[name] ?? 0), 0);
}

class Desk {
  private asked: AbortController | undefined;

  constructor(private readonly map: MapLibre, private readonly element: HTMLElement, private readonly config: MatterMap) {
    map.on("moveend", () => void this.load());
    map.on("click", "spots", (event) => { this.press(event.features ?? [], event.lngLat); });
    for (const id of ["spots", "hidden-said"]) {
      map.on("mouseenter", id, () => { map.getCanvas().style.cursor = "pointer"; });
      map.on("mouseleave", id, () => { map.getCanvas().style.cursor = ""; });
    }
    void this.load();
  }

  private box(): string {
    const bounds = this.map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((side) => side.toFixed(5)).join(",");
  }

  private async load(): Promise<void> {
    this.asked?.abort();
    this.asked = new AbortController();
    delete this.element.dataset.loaded;
    const asked = new URLSearchParams(this.config.query);
    asked.delete("within");
    asked.set("bbox", this.box());
    asked.set("zoom", this.map.getZoom().toFixed(2));
    try {
      const answer = await fetch(`${this.config.spots}?${asked}`, { signal: this.asked.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const spots = (await answer.json()) as Spots;
      delete this.element.dataset.drawn; // until the map says so with these spots
      void this.map.getSource<GeoJSONSource>("spots")?.setData(spots);
      this.tell(spots);
      this.element.dataset.loaded = String(spots.features.length);
    } catch (error) {
      if ((error as Error).name !== "AbortError") this.show(line("p", word(this.element, "failed")));
    }
  }

  private tell(spots: Spots): void {
    const open = (properties: Properties): boolean => !properties.community;
    const counts = [
      `${word(this.element, "open")}: ${sum(spots, "count", open)}`,
      `${word(this.element, "late")}: ${sum(spots, "late", open)}`,
      `${word(this.element, "soon")}: ${sum(spots, "soon", open)}`,
      `${word(this.element, "hidden")}: ${sum(spots, "count", (properties) => Boolean(properties.community))}`,
    ];
    this.show(...counts.map((count) => line("p", count)), this.link(this.box()));
  }

  private link(within: string): HTMLElement {
    const query = new URLSearchParams(this.config.query);
    query.set("within", within);
    const link = document.createElement("a");
    link.className = "btn btn-inline";
    link.href = `${this.config.list}?${query}`;
    link.textContent = word(this.element, "list");
    return link;
  }

  private press(features: MapGeoJSONFeature[], center: LngLat): void {
    const ones = features.filter((feature) => feature.properties.number);
    if (ones.length) this.show(this.matters(ones));
    else this.map.easeTo({ center, zoom: Math.min(19, this.map.getZoom() + 1.6) });
  }

  private matters(features: MapGeoJSONFeature[]): HTMLElement {
    const list = document.createElement("ul");
    for (const feature of features) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const { number, title, tier } = feature.properties;
      link.href = this.config.matter.replace("{number}", encodeURIComponent(text(number)));
      link.textContent = text(number);
      item.append(link, ` ${text(title)} · ${text(tier)}`);
      list.append(item);
    }
    return list;
  }

  private show(...parts: HTMLElement[]): void {
    document.getElementById("map-told")?.replaceChildren(...parts);
  }
}

function line(tag: string, words: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = words;
  return made;
}

const element = document.getElementById("matter-map");
if (element) {
  const config = readConfig(element) as MatterMap;
  const style = groundStyle(config, []);
  style.sources.spots = { type: "geojson", data: EMPTY };
  style.layers.push(ROAD_NAMES, ...layers(element));
  openLegend();
  const map = openMap(element, config, style);
  map?.once("style.load", () => new Desk(map, element, config));
}
