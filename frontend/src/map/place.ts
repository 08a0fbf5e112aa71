// A map that only shows: one place with a pin, the ground of the grid in which it lies, things as signs.
import { Marker } from "maplibre-gl";
import type { MapConfig } from "./config";
import { groundStyle, NAMES, openMap, readConfig } from "./ground";
import { pinPicture } from "./pin-picture";

interface Point {
  at: [lon: number, lat: number];
  title: string;
  url?: string;
}

interface PlaceConfig extends MapConfig {
  point?: [lon: number, lat: number];
  points?: Point[];
}

function sign({ title, url }: Point): HTMLElement {
  const made = document.createElement(url ? "a" : "span");
  if (made instanceof HTMLAnchorElement && url) made.href = url;
  else made.setAttribute("role", "img");
  made.className = "thing-sign";
  made.title = title;
  made.setAttribute("aria-label", title);
  return made;
}

const begun = new WeakSet<HTMLElement>();

function draw(): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-place-map]")) {
    if (begun.has(element)) continue;
    begun.add(element);
    const config = readConfig(element) as PlaceConfig;
    const style = groundStyle(config, []);
    style.layers.push(...NAMES);
    const map = openMap(element, config, style);
    if (!map) continue;
    if (config.point) new Marker({ element: pinPicture(), anchor: "bottom" }).setLngLat(config.point).addTo(map);
    for (const point of config.points ?? []) new Marker({ element: sign(point) }).setLngLat(point.at).addTo(map);
  }
}

draw();
// A list that is narrowed brings another map with it.
document.body.addEventListener("htmx:afterSettle", draw);
