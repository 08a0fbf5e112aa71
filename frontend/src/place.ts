// A map that only shows: one place with a pin, or the ground of the grid in which it lies.
import { Marker } from "maplibre-gl";
import { groundStyle, openMap, readConfig, ROAD_NAMES, type MapConfig } from "./map-base";
import { pinPicture } from "./pin-picture";

interface PlaceConfig extends MapConfig {
  point?: [lon: number, lat: number];
}

for (const element of document.querySelectorAll<HTMLElement>("[data-place-map]")) {
  const config = readConfig(element) as PlaceConfig;
  const style = groundStyle(config, []);
  style.layers.push(ROAD_NAMES);
  const map = openMap(element, config, style);
  if (map && config.point) new Marker({ element: pinPicture(), anchor: "bottom" }).setLngLat(config.point).addTo(map);
}
