// What a map asks for only once its library runs, its worker and its first tiles, is asked for at the same time as the
// library: on a slow line each request costs half a second before its first byte.
import worker from "virtual:map-worker";
import type { MapConfig } from "./config";

/** The map's worker, a file of our own address, so the content policy needs no blob. */
export const WORKER = worker;

/** Side of a tile on the screen, in CSS pixels. */
const SIDE = 512;
const FARTHEST_TILE = 16;

/** Pixels around the bounds that a map opens with, and how far in it goes. */
export const MARGIN = 24;
export const FARTHEST = 20;

export function readConfig(element: HTMLElement): MapConfig {
  const source = document.getElementById(element.dataset.config ?? "");
  return JSON.parse(source?.textContent ?? "{}") as MapConfig;
}

/** Ask for the worker, and for the tiles that the map in `element` will open with: the browser keeps them. */
export function askAhead(element: HTMLElement, config: MapConfig): void {
  for (const address of [WORKER, ...tilesOf(element, config)]) void fetch(address, { credentials: "same-origin" }).catch(() => undefined);
}

/** Addresses of the tiles that fill an element when the map opens. */
export function tilesOf({ clientWidth: width, clientHeight: height }: Size, config: MapConfig): string[] {
  const { x, y, zoom } = opening(width, height, config);
  const whole = Math.min(Math.floor(zoom), config.tiles.maxzoom ?? FARTHEST_TILE);
  if (!width || !height || whole < (config.tiles.minzoom ?? 0)) return [];
  const count = 2 ** whole;
  const half = SIDE * 2 ** (zoom - whole) * 2;
  const found: string[] = [];
  for (let row = Math.floor(y * count - height / half); row <= Math.floor(y * count + height / half); row++) {
    for (let column = Math.floor(x * count - width / half); column <= Math.floor(x * count + width / half); column++) {
      found.push(config.tiles.base.replace("{z}", `${whole}`).replace("{x}", `${column}`).replace("{y}", `${row}`));
    }
  }
  return found;
}

interface Size {
  clientWidth: number;
  clientHeight: number;
}

/** Where a map opens: its middle in the unit square of the Mercator projection, and its zoom. */
function opening(width: number, height: number, { bounds, center, zoom }: MapConfig): { x: number; y: number; zoom: number } {
  if (!bounds) return { x: east(center[0]), y: south(center[1]), zoom };
  const [left, bottom, right, top] = [east(bounds[0]), south(bounds[1]), east(bounds[2]), south(bounds[3])];
  const scale = Math.min((width - 2 * MARGIN) / (right - left), (height - 2 * MARGIN) / (bottom - top)) / SIDE;
  return { x: (left + right) / 2, y: (top + bottom) / 2, zoom: Math.min(Math.log2(scale), FARTHEST) };
}

function east(lon: number): number {
  return 0.5 + lon / 360;
}

function south(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}
