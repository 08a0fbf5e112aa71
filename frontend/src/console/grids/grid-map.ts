// The console's map: the four kinds of grid over the imported ground, with its legend and layer switches.
import type { Map as MapLibre } from "maplibre-gl";
import type { MapConfig } from "../../map/config";
import { groundStyle, openMap, readConfig, ROAD_NAMES, tileSource } from "../../map/ground";
import { openLegend } from "../../map/legend";
import { fillBy, fills, linesAndLabels, SCALES } from "./layers";
import { Picker } from "./picker";
import { addSigns } from "./signs";

function showScale(name: string): void {
  const between = SCALES[name]?.between ?? [];
  document.querySelectorAll<HTMLElement>("[data-scale-step]").forEach((step, at) => {
    const [low, high] = [between[at - 1], between[at]];
    step.textContent = low === undefined ? `< ${high ?? ""}` : high === undefined ? `≥ ${low}` : `${low}–${high}`;
  });
}

function legend(map: MapLibre): void {
  for (const box of document.querySelectorAll<HTMLInputElement>("input[data-layer]")) {
    const group = box.dataset.layer ?? "";
    const show = (): void => {
      const ids = map.getLayersOrder().filter((id) => id.startsWith(group) || (group === "micro" && id === "stacked-sign"));
      for (const id of ids) map.setLayoutProperty(id, "visibility", box.checked ? "visible" : "none");
    };
    box.addEventListener("change", show);
    if (!box.checked) show();
  }
  const choice = document.querySelector<HTMLSelectElement>("select[data-colour]");
  choice?.addEventListener("change", () => {
    map.setPaintProperty("micro-fill", "fill-color", fillBy(choice.value));
    showScale(choice.value);
  });
}

function draw(element: HTMLElement, config: MapConfig, colour: string): void {
  const style = groundStyle(config, fills(colour));
  style.sources.grids = tileSource(config.tiles.grids ?? "", config.tiles);
  style.layers.push(ROAD_NAMES, ...linesAndLabels());
  const map = openMap(element, config, style);
  if (!map) return;
  addSigns(map);
  map.once("style.load", () => {
    legend(map);
    new Picker(map, element, config);
  });
}

const element = document.getElementById("map");
if (element) {
  const config = readConfig(element);
  const colour = config.colour ?? "load";
  const choice = document.querySelector<HTMLSelectElement>("select[data-colour]");
  if (choice) choice.value = colour;
  showScale(colour);
  openLegend();
  draw(element, config, colour);
}
