// A border drawn on a plan's map: its points are pressed one by one and go into the form that also takes them typed.
import type { GeoJSONSource, LngLat, Map as MapLibre } from "maplibre-gl";
import { word } from "../../map/ground";
import type { PlanMap } from "./plan-map";

const DIGITS = 6;

export type Course = [lon: number, lat: number][];

export class LineDrawer {
  /** While a border is drawn, pressing the map sets a point and chooses nothing. */
  active = false;
  private points: Course = [];
  private readonly form = document.querySelector<HTMLFormElement>("[data-line-form]");
  private readonly tools = document.querySelector<HTMLElement>("[data-line-tools]");

  constructor(private readonly shown: PlanMap, lines: Course[]) {
    const map = shown.map;
    if (!map || !this.form) return;
    map.once("load", () => {
      this.show("lines", lines);
      this.show("drawn", [this.typed()]);
    });
    map.on("click", (event) => { if (this.active) this.add(event.lngLat); });
    map.getCanvas().addEventListener("keydown", (event) => { this.key(event, map); });
    document.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-line]");
      if (button) this.act(button.dataset.line ?? "");
    });
  }

  private act(name: string): void {
    if (name === "draw") this.begin();
    if (name === "undo") this.undo();
    if (name === "discard") this.end();
    if (name === "finish" && this.points.length > 1) this.form?.requestSubmit();
  }

  private begin(): void {
    this.active = true;
    this.points = [];
    this.shown.map?.doubleClickZoom.disable();
    this.shown.element.classList.add("map-drawing");
    if (this.tools) this.tools.hidden = false;
    this.shown.element.scrollIntoView({ block: "nearest" });
    this.shown.map?.getCanvas().focus({ preventScroll: true });
    this.changed();
  }

  private end(): void {
    this.active = false;
    this.points = [];
    this.shown.map?.doubleClickZoom.enable();
    this.shown.element.classList.remove("map-drawing");
    this.changed();
    if (this.tools) this.tools.hidden = true;
    document.querySelector<HTMLElement>("[data-line=draw]")?.focus();
  }

  private add(place: LngLat): void {
    this.points.push([Number(place.lng.toFixed(DIGITS)), Number(place.lat.toFixed(DIGITS))]);
    this.changed();
  }

  private undo(): void {
    this.points.pop();
    this.changed();
  }

  private key(event: KeyboardEvent, map: MapLibre): void {
    if (!this.active) return;
    const acts: Record<string, () => void> = {
      Enter: () => { this.add(map.getCenter()); },
      Backspace: () => { this.undo(); },
      Escape: () => { this.end(); },
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  private changed(): void {
    this.show("drawn", [this.points]);
    const field = this.form?.elements.namedItem("points") as HTMLTextAreaElement | null;
    if (field) field.value = this.points.map((point) => point.join(", ")).join("\n");
    this.tools?.querySelector("[data-line=finish]")?.toggleAttribute("disabled", this.points.length < 2);
    this.tools?.querySelector("[data-line=undo]")?.toggleAttribute("disabled", !this.points.length);
    this.say();
  }

  private say(): void {
    const said = this.tools?.querySelector<HTMLElement>("[data-line-said]");
    if (!said) return;
    const count = this.points.length;
    said.textContent = count > 1 ? `${word(said, "many")} ${count}` : word(said, count ? "one" : "none");
  }

  // What came back from the server as it was typed, so that its fault can be seen on the map.
  private typed(): Course {
    const field = this.form?.elements.namedItem("points") as HTMLTextAreaElement | null;
    const rows = (field?.value ?? "").split("\n").map((row) => row.split(",").map(Number));
    return rows.filter((row): row is [number, number] => row.length === 2 && row.every(Number.isFinite) && Math.abs(row[1] ?? 99) <= 90);
  }

  // A course of one point is drawn as that point; the number of a course is its name.
  private show(source: string, courses: Course[]): void {
    const features = courses.flatMap((course, at) => [
      ...(course.length > 1 ? [{ type: "Feature" as const, properties: { name: String(at + 1) }, geometry: { type: "LineString" as const, coordinates: course } }] : []),
      ...course.map((point) => ({ type: "Feature" as const, properties: {}, geometry: { type: "Point" as const, coordinates: point } })),
    ]);
    void this.shown.map?.getSource<GeoJSONSource>(source)?.setData({ type: "FeatureCollection", features });
  }
}
