// The map of a pin: press a place, drag the pin, or set it in the middle by the keyboard.
import { Marker } from "maplibre-gl";
import { groundStyle, NAMES, openMap, readConfig } from "./ground";
import type { PinMap, Spot } from "./spot";
import { pinPicture } from "./pin-picture";

/** Open the map in `element`, which tells every place that is set on it; null where the browser cannot draw it. */
export function pinMap(element: HTMLElement, onSet: (spot: Spot) => void): PinMap | null {
  const config = readConfig(element);
  const style = groundStyle(config, []);
  style.layers.push(...NAMES);
  const map = openMap(element, config, style);
  if (!map) return null;
  const marker = new Marker({ element: pinPicture(), anchor: "bottom", draggable: true });
  const put = (spot: Spot): void => { marker.setLngLat(spot).addTo(map); };
  const set = (spot: Spot): void => {
    put(spot);
    onSet(spot);
  };
  marker.on("dragend", () => {
    const { lng, lat } = marker.getLngLat();
    onSet([lng, lat]);
  });
  map.on("click", (event) => { set([event.lngLat.lng, event.lngLat.lat]); });
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const { lng, lat } = map.getCenter();
    set([lng, lat]);
  });
  return {
    show(spot, fly) {
      put(spot);
      if (fly) map.flyTo({ center: spot, zoom: 17, duration: 900 });
    },
  };
}
