// A place set by the resident: press the map, drag the pin, or use one's position. The hidden fields carry it;
// without map or script the address box beside it is enough.
import { Marker, type LngLatLike, type Map as MapLibre } from "maplibre-gl";
import { groundStyle, openMap, readConfig, ROAD_NAMES, word } from "./map-base";
import { pinPicture } from "./pin-picture";

class Pin {
  private marker: Marker | undefined;

  constructor(private readonly box: HTMLElement, private readonly map: MapLibre | null) {
    const { lon, lat } = this.inputs();
    if (lon.value && lat.value) this.put([Number(lon.value), Number(lat.value)]);
    map?.on("click", (event) => { this.set(event.lngLat.lng, event.lngLat.lat); });
    map?.getCanvas().addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const { lng, lat: y } = map.getCenter();
      this.set(lng, y);
    });
    const here = box.querySelector<HTMLButtonElement>("[data-pin-here]");
    if (!here || !("geolocation" in navigator)) return;
    here.hidden = false;
    here.addEventListener("click", () => { this.locate(here); });
  }

  private inputs(): { lon: HTMLInputElement; lat: HTMLInputElement; datum: HTMLInputElement } {
    const named = (name: string): HTMLInputElement => {
      const input = this.box.querySelector<HTMLInputElement>(`input[data-pin="${name}"]`);
      if (!input) throw new Error(`no field ${name} for the pin`);
      return input;
    };
    return { lon: named("lon"), lat: named("lat"), datum: named("datum") };
  }

  private set(lon: number, lat: number): void {
    const fields = this.inputs();
    fields.lon.value = lon.toFixed(6);
    fields.lat.value = lat.toFixed(6);
    fields.datum.value = "wgs84";
    this.put([lon, lat]);
    this.say("set", false);
    // What depends on the place (the grid, the office in charge) listens for this.
    fields.lon.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private put(place: LngLatLike): void {
    if (!this.map) return;
    if (this.marker) {
      this.marker.setLngLat(place);
      return;
    }
    this.marker = new Marker({ element: pinPicture(), anchor: "bottom", draggable: true }).setLngLat(place).addTo(this.map);
    this.marker.on("dragend", () => {
      const at = this.marker?.getLngLat();
      if (at) this.set(at.lng, at.lat);
    });
  }

  private locate(button: HTMLButtonElement): void {
    button.disabled = true;
    this.say("seeking", false);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        button.disabled = false;
        this.set(coords.longitude, coords.latitude);
        this.map?.flyTo({ center: [coords.longitude, coords.latitude], zoom: 17, duration: 900 });
      },
      () => {
        button.disabled = false;
        this.say("lost", true);
      },
      { enableHighAccuracy: true, timeout: 10_000, maximumAge: 60_000 },
    );
  }

  private say(name: string, bad: boolean): void {
    const line = this.box.querySelector(".pin-said");
    if (!line) return;
    line.classList.toggle("bad", bad);
    line.textContent = word(this.box, name);
  }
}

for (const box of document.querySelectorAll<HTMLElement>("[data-pin-box]")) {
  const element = box.querySelector<HTMLElement>(".map");
  if (!element) continue;
  const config = readConfig(element);
  const style = groundStyle(config, []);
  style.layers.push(ROAD_NAMES);
  new Pin(box, openMap(element, config, style));
}
