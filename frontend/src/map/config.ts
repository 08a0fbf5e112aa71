// What a page says of the map that it shows.

export type Box = [west: number, south: number, east: number, north: number];

export interface MapConfig {
  center: [lon: number, lat: number];
  zoom: number;
  bounds?: Box;
  /** Templates of the tiles and the zooms for which they are made; farther in, the last are enlarged. */
  tiles: { base: string; grids?: string; minzoom?: number; maxzoom?: number };
  /** Template of an outside base map, empty where there is none. */
  tile_url: string;
  /** Address of one grid's fragment, with {code}. */
  detail?: string;
  /** What stays in the address of the page when a grid is chosen, such as the day that it shows. */
  keep?: string;
  /** What fills the micro-grids at first. */
  colour?: string;
}
