// The map of the one red line: radio buttons named "level" choose whose grids it shows; a press opens a grid's row.
import type { MapConfig } from "../../map/config";
import { groundStyle, openMap, readConfig, ROAD_NAMES, tileSource } from "../../map/ground";
import { openLegend } from "../../map/legend";
import { addGapHatch } from "../grids/signs";
import { layersOf, type LineOnMap } from "./line-layers";

interface LineConfig extends MapConfig {
  line: LineOnMap;
  /** Address of the row of a grid, with {code}. */
  row: string;
}

function draw(element: HTMLElement, config: LineConfig): void {
  const style = groundStyle(config, []);
  style.sources.grids = tileSource(config.tiles.grids ?? "", config.tiles);
  const map = openMap(element, config, style);
  if (!map) return;
  map.once("style.load", () => {
    addGapHatch(map);
    map.addLayer(ROAD_NAMES);
    const chosen = (): string => document.querySelector<HTMLInputElement>("input[name=level]:checked")?.value ?? "";
    for (const [level, codes] of Object.entries(config.line)) for (const layer of layersOf(level, codes)) map.addLayer(layer);
    const show = (): void => {
      for (const level of Object.keys(config.line)) {
        for (const id of map.getLayersOrder()) {
          if (id.startsWith(`${level}-`)) map.setLayoutProperty(id, "visibility", level === chosen() ? "visible" : "none");
        }
      }
    };
    for (const choice of document.querySelectorAll("input[name=level]")) choice.addEventListener("change", show);
    show();
    map.on("click", ({ point }) => {
      const fills = ["covered", "stood-in", "gap"].map((name) => `${chosen()}-${name}`);
      const code: unknown = map.queryRenderedFeatures(point, { layers: fills })[0]?.properties.code;
      if (typeof code === "string") location.assign(config.row.replace("{code}", encodeURIComponent(code)));
    });
  });
}

const element = document.getElementById("map");
if (element) {
  openLegend();
  draw(element, readConfig(element) as LineConfig);
}
