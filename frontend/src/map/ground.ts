// The empty map of our own data that the console's map and the resident's pin share: the imported buildings,
// roads, water and parks are the ground; no glyph server, no outside address.
import { Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl } from "maplibre-gl";
import type { ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import "./map.css";
import { word } from "../page/word";
import type { MapConfig } from "./config";
import { FARTHEST, MARGIN, WORKER } from "./first-view";

export { readConfig } from "./first-view";
export { word } from "../page/word";

setWorkerUrl(WORKER);

// Named one by one: each is tried on the machine at hand (without a glyph address the map draws local fonts).
export const FONT = ["PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", "sans-serif"];

// Tiles are fetched by a worker, which knows no page to be relative to.
function absolute(address: string): string {
  return address.startsWith("/") ? location.origin + address : address;
}

export function tileSource(address: string, tiles: MapConfig["tiles"]): SourceSpecification {
  return { type: "vector", tiles: [absolute(address)], minzoom: tiles.minzoom ?? 10, maxzoom: tiles.maxzoom ?? 16 };
}

const MAIN_ROADS = ["motorway", "trunk", "primary", "secondary"];
const isMain: ExpressionSpecification = ["in", ["get", "class"], ["literal", MAIN_ROADS]];

const GROUND: LayerSpecification[] = [
  { id: "land", type: "background", paint: { "background-color": "#f3efe6" } },
  { id: "park", type: "fill", source: "base", "source-layer": "park", paint: { "fill-color": "#d9ead0" } },
];

const ABOVE_FILL: LayerSpecification[] = [
  { id: "water", type: "fill", source: "base", "source-layer": "water", paint: { "fill-color": "#c5dfee" } },
  {
    id: "road-edge", type: "line", source: "base", "source-layer": "road", minzoom: 13,
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": "#d8d1c2", "line-width": ["interpolate", ["exponential", 1.7], ["zoom"], 13, ["case", isMain, 3, 1.4], 19, ["case", isMain, 34, 16]] },
  },
  {
    id: "road", type: "line", source: "base", "source-layer": "road",
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": "#ffffff", "line-width": ["interpolate", ["exponential", 1.7], ["zoom"], 12, ["case", isMain, 1.4, 0.3], 13, ["case", isMain, 2, 0.8], 19, ["case", isMain, 31, 14]] },
  },
  {
    id: "building", type: "fill", source: "base", "source-layer": "building", minzoom: 13,
    paint: { "fill-color": "#cfc6b6", "fill-outline-color": "#b3a894", "fill-opacity": ["interpolate", ["linear"], ["zoom"], 13, 0.35, 16, 0.85] },
  },
];

export const ROAD_NAMES: LayerSpecification = {
  id: "road-name", type: "symbol", source: "base", "source-layer": "road", minzoom: 14,
  layout: {
    "symbol-placement": "line", "text-field": ["get", "name"], "text-font": FONT, "text-size": 12,
    "text-letter-spacing": 0.1, "symbol-spacing": 400,
  },
  paint: { "text-color": "#6b6455", "text-halo-color": "#ffffff", "text-halo-width": 1.6 },
};

const LABEL = { "text-color": "#4a4638", "text-halo-color": "#ffffff", "text-halo-width": 1.6 };

/** What people call places: streets, compounds and landmarks, and the numbers of houses where they can be read. */
export const NAMES: LayerSpecification[] = [
  ROAD_NAMES,
  {
    id: "house-number", type: "symbol", source: "base", "source-layer": "building_label", minzoom: 16,
    layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": ["interpolate", ["linear"], ["zoom"], 16, 10, 19, 13] },
    paint: { ...LABEL, "text-color": "#5c4a2a" },
  },
  {
    id: "landmark-name", type: "symbol", source: "base", "source-layer": "landmark_label", minzoom: 14,
    layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 12, "text-max-width": 8 },
    paint: { ...LABEL, "text-color": "#14532d" },
  },
  {
    id: "compound-name", type: "symbol", source: "base", "source-layer": "compound_label", minzoom: 14,
    layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": ["interpolate", ["linear"], ["zoom"], 14, 11, 17, 14], "text-max-width": 8 },
    paint: LABEL,
  },
];

/** The ground with `fills` lying on the land, under water, roads and buildings. */
export function groundStyle(config: MapConfig, fills: LayerSpecification[]): StyleSpecification {
  const outside: LayerSpecification[] = [{ id: "outside", type: "raster", source: "outside" }];
  return {
    version: 8,
    sources: {
      base: tileSource(config.tiles.base, config.tiles),
      ...(config.tile_url && { outside: { type: "raster", tiles: [absolute(config.tile_url)], tileSize: 256 } as const }),
    },
    layers: [...GROUND, ...(config.tile_url ? outside : []), ...fills, ...ABOVE_FILL],
  };
}

/** A map in `element`; null where the browser has no WebGL, and the page then does without. */
export function openMap(element: HTMLElement, config: MapConfig, style: StyleSpecification): MapLibre | null {
  try {
    const map = new MapLibre({
      container: element,
      style,
      center: config.center,
      zoom: config.zoom,
      ...(config.bounds && { bounds: config.bounds, fitBoundsOptions: { padding: MARGIN } }),
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxZoom: FARTHEST,
      localIdeographFontFamily: false,
      locale: {
        "NavigationControl.ZoomIn": word(element, "zoom-in"),
        "NavigationControl.ZoomOut": word(element, "zoom-out"),
        "Map.Title": word(element, "title"),
      },
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    map.addControl(new ScaleControl({ unit: "metric" }), "bottom-right");
    // Who waits for the picture, as a test does, sees by a mark that all of it is drawn and nothing moves.
    map.on("movestart", () => { delete element.dataset.drawn; });
    map.on("idle", () => { element.dataset.drawn = ""; });
    return map;
  } catch {
    element.classList.add("map-none");
    element.textContent = word(element, "none");
    return null;
  }
}
