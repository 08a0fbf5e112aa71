// A plan's grids on the map: what is new or changes, what breaks a rule, which buildings change their grid.
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from "maplibre-gl";
import { FONT } from "../../map/ground";
import { COLOURS } from "../grids/signs";

export const NO_CODE: FilterSpecification = ["==", ["get", "code"], ""];
const ROUND = { "line-join": "round", "line-cap": "round" } as const;
const SOURCE = { source: "plan" } as const;
const broken: ExpressionSpecification = ["!=", ["get", "broken"], ""];

const areas = (level: string, ...more: ExpressionSpecification[]): FilterSpecification =>
  ["all", ["==", ["geometry-type"], "Polygon"], ["==", ["get", "level"], level], ...more];
const names = (level: string, ...more: ExpressionSpecification[]): FilterSpecification =>
  ["all", ["==", ["get", "name_of"], level], ...more];

export const fills: LayerSpecification[] = [
  { id: "plan-community", type: "fill", ...SOURCE, filter: areas("community"), paint: { "fill-color": "#ffffff", "fill-opacity": 0.45 } },
  {
    id: "plan-micro", type: "fill", ...SOURCE, filter: areas("micro"),
    paint: { "fill-color": ["match", ["get", "mark"], "", "#eef1ee", "#b9ddd3"], "fill-opacity": 0.85 },
  },
  { id: "plan-exclusive", type: "fill", ...SOURCE, filter: areas("exclusive"), paint: { "fill-color": "#f4effc" } },
  { id: "plan-target", type: "fill", ...SOURCE, filter: NO_CODE, paint: { "fill-color": "#ffe08a", "fill-opacity": 0.8 } },
];

const outlines: LayerSpecification[] = [
  { id: "plan-hatch", type: "fill", ...SOURCE, filter: areas("exclusive"), paint: { "fill-pattern": "hatch", "fill-opacity": 0.8 } },
  { id: "plan-micro-line", type: "line", ...SOURCE, filter: areas("micro"), layout: ROUND, paint: { "line-color": "#46525f", "line-width": 1 } },
  { id: "plan-exclusive-line", type: "line", ...SOURCE, filter: areas("exclusive"), layout: ROUND, paint: { "line-color": COLOURS.exclusive, "line-width": 1.5 } },
  { id: "plan-general-line", type: "line", ...SOURCE, filter: areas("general"), layout: ROUND, paint: { "line-color": COLOURS.general, "line-width": 2 } },
  { id: "plan-community-line", type: "line", ...SOURCE, filter: areas("community"), layout: ROUND, paint: { "line-color": COLOURS.community, "line-width": 3 } },
  {
    id: "plan-breach", type: "line", ...SOURCE, filter: ["all", ["==", ["geometry-type"], "Polygon"], broken], layout: ROUND,
    paint: { "line-color": COLOURS.breach, "line-width": 3, "line-offset": 2, "line-dasharray": [2.5, 1.2] },
  },
  { id: "plan-over", type: "line", ...SOURCE, filter: NO_CODE, layout: ROUND, paint: { "line-color": COLOURS.ink, "line-width": 3, "line-opacity": 0.6 } },
  { id: "plan-picked-edge", type: "line", ...SOURCE, filter: NO_CODE, layout: ROUND, paint: { "line-color": COLOURS.ink, "line-width": 8 } },
  { id: "plan-picked", type: "line", ...SOURCE, filter: NO_CODE, layout: ROUND, paint: { "line-color": "#ffbf1f", "line-width": 4 } },
];

const text = { "text-font": FONT, "text-max-width": 9, "text-line-height": 1.25 } as const;
const halo = { "text-halo-color": "rgba(255,255,255,0.92)", "text-halo-width": 1.8 } as const;

const labels: LayerSpecification[] = [
  {
    id: "plan-general-badge", type: "symbol", ...SOURCE, filter: names("general"), minzoom: 13,
    layout: { ...text, "text-field": ["get", "label"], "text-size": 14, "icon-image": "badge", "icon-text-fit": "both", "icon-text-fit-padding": [1, 4, 1, 4], "symbol-sort-key": 1 },
    paint: { "text-color": "#ffffff" },
  },
  { id: "plan-breach-sign", type: "symbol", ...SOURCE, filter: ["all", ["has", "name_of"], broken], minzoom: 13, layout: { "icon-image": "breach", "icon-offset": [0, -24], "icon-allow-overlap": true } },
  {
    id: "plan-micro-name", type: "symbol", ...SOURCE, filter: names("micro"), minzoom: 15,
    layout: { ...text, "text-field": ["format", ["get", "label"], {}, "\n", {}, ["to-string", ["+", ["get", "households"], ["get", "shops"]]], { "font-scale": 0.85 }], "text-size": 13 },
    paint: { ...halo, "text-color": COLOURS.ink },
  },
  { id: "plan-exclusive-name", type: "symbol", ...SOURCE, filter: names("exclusive"), minzoom: 14.5, layout: { ...text, "text-field": ["get", "label"], "text-size": 13 }, paint: { ...halo, "text-color": "#4c1d95" } },
  { id: "plan-community-name", type: "symbol", ...SOURCE, filter: names("community"), minzoom: 12, layout: { ...text, "text-field": ["get", "name"], "text-size": 16 }, paint: { ...halo, "text-color": COLOURS.community } },
];

const building = (id: string, colour: string, units: string[]): LayerSpecification => ({
  id, type: "fill", source: "base", "source-layer": "building", minzoom: 12,
  filter: ["in", ["get", "id"], ["literal", units]],
  paint: { "fill-color": colour, "fill-outline-color": COLOURS.ink },
});

/** What lies on the ground; `moved` are the buildings that change their grid. */
export function above(moved: string[]): LayerSpecification[] {
  return [building("plan-moved", "#d97706", moved), ...outlines, building("plan-building", "#1d4ed8", []), ...labels];
}

const TEAL = "#0f5c56";

/** Borders drawn by hand, from a source of their courses and points; `drawn` has no numbers yet. */
export function borders(source: string): LayerSpecification[] {
  const line: FilterSpecification = ["==", ["geometry-type"], "LineString"];
  return [
    { id: `${source}-edge`, type: "line", source, filter: line, layout: ROUND, paint: { "line-color": "#ffffff", "line-width": 7 } },
    { id: `${source}-line`, type: "line", source, filter: line, layout: ROUND, paint: { "line-color": TEAL, "line-width": 3.5 } },
    {
      id: `${source}-point`, type: "circle", source, filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-radius": source === "drawn" ? 6 : 4, "circle-color": source === "drawn" ? "#ffffff" : TEAL, "circle-stroke-color": source === "drawn" ? TEAL : "#ffffff", "circle-stroke-width": 2 },
    },
    ...(source === "drawn" ? [] : [{
      id: `${source}-name`, type: "symbol" as const, source, filter: line,
      layout: { ...text, "symbol-placement": "line-center" as const, "text-field": ["get", "name"] as ExpressionSpecification, "text-size": 15, "text-rotation-alignment": "viewport" as const, "text-offset": [0, -1] as [number, number] },
      paint: { ...halo, "text-color": TEAL },
    }]),
  ];
}
