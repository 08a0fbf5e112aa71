// A map for tests: what it was told, and events as the library would raise them. Takes the place of maplibre-gl.
import { made } from "./page";

type Act = (event: never) => void;

interface Opened {
  last: Map | undefined;
  markers: Marker[];
  worker: string;
}

// Kept by the window: scripts that are loaded anew for a fresh page bring this file anew as well.
const state = ((globalThis as { maps?: Opened }).maps ??= { last: undefined, markers: [], worker: "" });

export class Map {
  readonly told: [name: string, ...given: unknown[]][] = [];
  readonly canvas: HTMLCanvasElement = made("canvas");
  readonly filters: Record<string, unknown> = {};
  readonly data: Record<string, unknown> = {};
  /** What lies under each point, by layer. */
  under: { layer: string; properties: Record<string, unknown> }[] = [];
  zoom = 15;
  readonly touchZoomRotate = { disableRotation: (): void => { this.note("touch"); } };
  readonly keyboard = { disableRotation: (): void => { this.note("keyboard"); } };
  readonly doubleClickZoom = { disable: (): void => { this.note("double off"); }, enable: (): void => { this.note("double on"); } };
  private readonly listeners: { name: string; layer: string; act: Act; once: boolean }[] = [];

  constructor(readonly given: { container: HTMLElement; style: { layers: { id: string }[]; sources: Record<string, unknown> }; bounds?: unknown; locale?: Record<string, string> }) {
    if (given.container.dataset.refuse !== undefined) throw new Error("no WebGL");
    state.last = this;
  }

  private note(...told: [string, ...unknown[]]): void {
    this.told.push(told);
  }

  on(name: string, layer: string | Act, act?: Act): void {
    this.listeners.push({ name, layer: typeof layer === "string" ? layer : "", act: act ?? layer as Act, once: false });
  }

  once(name: string, act: Act): void {
    this.listeners.push({ name, layer: "", act, once: true });
  }

  fire(name: string, event: object = {}, layer = ""): void {
    for (const one of this.listeners.filter((each) => each.name === name && each.layer === layer)) {
      if (one.once) this.listeners.splice(this.listeners.indexOf(one), 1);
      one.act(event as never);
    }
  }

  setFilter(layer: string, filter: unknown): void { this.filters[layer] = filter; }
  getSource(name: string): { setData: (data: unknown) => Promise<void> } {
    return { setData: (data) => { this.data[name] = data; return Promise.resolve(); } };
  }

  queryRenderedFeatures(_point: unknown, { layers }: { layers: string[] }): { properties: Record<string, unknown> }[] {
    return this.under.filter(({ layer }) => layers.includes(layer));
  }

  getCanvas(): HTMLCanvasElement { return this.canvas; }
  getZoom(): number { return this.zoom; }
  getCenter(): { lng: number; lat: number } { return { lng: 104.1, lat: 30.6 }; }
  getBounds(): Record<string, () => number> { return { getWest: () => 104, getSouth: () => 30, getEast: () => 105, getNorth: () => 31 }; }
  getLayersOrder(): string[] { return this.given.style.layers.map(({ id }) => id); }
  project(): object { return { x: 1, y: 1 }; }
  addControl(): void { this.note("control"); }
  addImage(name: string): void { this.note("image", name); }
  resize(): void { this.note("resize"); }
  setLayoutProperty(...given: unknown[]): void { this.note("layout", ...given); }
  setPaintProperty(...given: unknown[]): void { this.note("paint", ...given); }
  fitBounds(...given: unknown[]): void { this.note("fit", ...given); }
  flyTo(given: unknown): void { this.note("fly", given); }
  easeTo(given: unknown): void { this.note("ease", given); }
  jumpTo(given: unknown): void { this.note("jump", given); this.fire("move"); }
}

export class Marker {
  at: unknown;
  readonly listeners: Record<string, () => void> = {};

  constructor(readonly given: { element: HTMLElement }) {
    state.markers.push(this);
  }

  setLngLat(at: unknown): this { this.at = at; return this; }
  addTo(): this { return this; }
  on(name: string, act: () => void): void { this.listeners[name] = act; }
  getLngLat(): { lng: number; lat: number } { return { lng: 104.2, lat: 30.7 }; }
}

export const [NavigationControl, ScaleControl] = [class Navigation { readonly kind = "zoom"; }, class Scale { readonly kind = "scale"; }];
export function setWorkerUrl(address: string): void { state.worker = address; }

/** The map that was opened last. */
export function opened(): Map {
  if (!state.last) throw new Error("no map was opened");
  return state.last;
}

/** The marks on maps of this page, in the order in which they were made. */
export function markers(): Marker[] {
  return state.markers;
}

/** Where the library was told that its worker lies. */
export function worker(): string {
  return state.worker;
}

/** Begin a page without a map. */
export function noMaps(): void {
  Object.assign(state, { last: undefined, markers: [], worker: "" });
}
