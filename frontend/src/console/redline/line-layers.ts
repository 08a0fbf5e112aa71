// How the line is drawn on the map: its colour on grids that are overseen, hatching on gaps; a level at a time.
import type { FilterSpecification, LayerSpecification } from "maplibre-gl";
import { FONT } from "../../map/ground";

export const REDLINE = "#c8102e";
const BREACH = "#b45309";

/** Codes of the grids of each level, by how they are overseen. */
export type LineOnMap = Record<string, { covered: string[]; stood_in: string[]; gap: string[] }>;

const among = (codes: string[]): FilterSpecification => ["in", ["get", "code"], ["literal", codes]];

/** The layers of one level; their ids begin with its name. */
export function layersOf(level: string, { covered, stood_in, gap }: LineOnMap[string]): LayerSpecification[] {
  const grids = { source: "grids", "source-layer": level } as const;
  const every = among([...covered, ...stood_in, ...gap]);
  return [
    { id: `${level}-covered`, type: "fill", ...grids, filter: among(covered), paint: { "fill-color": REDLINE, "fill-opacity": 0.32 } },
    { id: `${level}-stood-in`, type: "fill", ...grids, filter: among(stood_in), paint: { "fill-color": REDLINE, "fill-opacity": 0.14 } },
    { id: `${level}-gap`, type: "fill", ...grids, filter: among(gap), paint: { "fill-pattern": "gap" } },
    { id: `${level}-edge`, type: "line", ...grids, filter: every, paint: { "line-color": ["case", ["in", ["get", "code"], ["literal", gap]], BREACH, REDLINE], "line-width": 1.6 } },
    {
      id: `${level}-name`, type: "symbol", source: "grids", "source-layer": `${level}_label`, filter: every, minzoom: 13,
      layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 13, "text-max-width": 8 },
      paint: { "text-color": "#1c2430", "text-halo-color": "rgba(255,255,255,0.92)", "text-halo-width": 1.8 },
    },
  ];
}
