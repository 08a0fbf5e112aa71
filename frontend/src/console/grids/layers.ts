// How the four kinds of grid are drawn; which of them a pointer means at which zoom.
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from "maplibre-gl";
import { FONT } from "../../map/ground";
import { COLOURS } from "./signs";

export type Level = "community" | "general" | "micro" | "exclusive";
export const LEVELS: readonly Level[] = ["community", "general", "micro", "exclusive"];

/** A single hue in five steps, light to dark: its order is seen without seeing colours. */
export const STEPS = ["#eef3f0", "#cfe2dc", "#a3cac1", "#6fb0a5", "#3d8c82"] as const;

/** What can fill the micro-grids: a property of the tiles and the four values between the five steps. */
export const SCALES: Record<string, { property: string; between: [number, number, number, number] }> = {
  load: { property: "hours", between: [1, 1.5, 2, 3] },
  households: { property: "households", between: [30, 60, 80, 100] },
};

export function fillBy(name: string): ExpressionSpecification {
  const scale = SCALES[name] ?? SCALES.load;
  if (!scale) throw new Error(name);
  const [a, b, c, d] = scale.between;
  const value: ExpressionSpecification = ["to-number", ["get", scale.property]];
  return ["step", value, STEPS[0], a, STEPS[1], b, STEPS[2], c, STEPS[3], d, STEPS[4]];
}

const grids = (level: string): { source: "grids"; "source-layer": string } => ({ source: "grids", "source-layer": level });
const broken: FilterSpecification = ["!=", ["coalesce", ["get", "broken"], ""], ""];
const stacked: FilterSpecification = ["!=", ["coalesce", ["get", "stacked"], ""], ""];
const NOTHING: FilterSpecification = ["==", ["get", "code"], ""];
const ROUND = { "line-join": "round", "line-cap": "round" } as const;

export function fills(colour: string): LayerSpecification[] {
  return [
    { id: "community-fill", type: "fill", ...grids("community"), paint: { "fill-color": "#ffffff", "fill-opacity": 0.45 } },
    { id: "general-fill", type: "fill", ...grids("general"), minzoom: 11, paint: { "fill-opacity": 0 } },
    { id: "micro-fill", type: "fill", ...grids("micro"), minzoom: 12, paint: { "fill-color": fillBy(colour), "fill-opacity": 0.8 } },
    { id: "exclusive-ground", type: "fill", ...grids("exclusive"), minzoom: 12, paint: { "fill-color": "#f4effc" } },
  ];
}

function picked(level: Level): LayerSpecification[] {
  return [
    { id: `${level}-over`, type: "line", ...grids(level), filter: NOTHING, layout: ROUND, paint: { "line-color": COLOURS.ink, "line-width": 3, "line-opacity": 0.55 } },
    { id: `${level}-picked-edge`, type: "line", ...grids(level), filter: NOTHING, layout: ROUND, paint: { "line-color": COLOURS.ink, "line-width": 8 } },
    { id: `${level}-picked`, type: "line", ...grids(level), filter: NOTHING, layout: ROUND, paint: { "line-color": "#ffbf1f", "line-width": 4 } },
  ];
}

const lines: LayerSpecification[] = [
  { id: "exclusive-fill", type: "fill", ...grids("exclusive"), minzoom: 12, paint: { "fill-pattern": "hatch", "fill-opacity": 0.8 } },
  { id: "micro-line", type: "line", ...grids("micro"), minzoom: 12.5, layout: ROUND, paint: { "line-color": "#46525f", "line-width": 1 } },
  { id: "exclusive-line", type: "line", ...grids("exclusive"), minzoom: 12.5, layout: ROUND, paint: { "line-color": COLOURS.exclusive, "line-width": 1.5 } },
  { id: "general-line", type: "line", ...grids("general"), minzoom: 11, layout: ROUND, paint: { "line-color": COLOURS.general, "line-width": 2 } },
  { id: "community-edge", type: "line", ...grids("community"), layout: ROUND, paint: { "line-color": "#ffffff", "line-width": 6, "line-opacity": 0.7 } },
  { id: "community-line", type: "line", ...grids("community"), layout: ROUND, paint: { "line-color": COLOURS.community, "line-width": 3 } },
  ...(["community", "general", "micro", "exclusive"] as const).map((level): LayerSpecification => ({
    id: `${level}-breach`, type: "line", ...grids(level), filter: broken, minzoom: level === "community" ? 10 : 13, layout: ROUND,
    paint: { "line-color": COLOURS.breach, "line-width": ["interpolate", ["linear"], ["zoom"], 13, 1.2, 14.5, 2, 16, 3.5], "line-offset": ["interpolate", ["linear"], ["zoom"], 13, 0, 16, 2], "line-dasharray": [2.5, 1.2] },
  })),
];

const text = { "text-font": FONT, "text-max-width": 9, "text-line-height": 1.25 } as const;
const halo = { "text-halo-color": "rgba(255,255,255,0.92)", "text-halo-width": 1.8 } as const;

const labels: LayerSpecification[] = [
  {
    id: "general-badge", type: "symbol", ...grids("general_label"), minzoom: 13,
    layout: {
      ...text, "text-field": ["get", "label"], "text-size": 14, "icon-image": "badge", "icon-text-fit": "both",
      "icon-text-fit-padding": [1, 4, 1, 4], "symbol-sort-key": 1,
    },
    paint: { "text-color": "#ffffff" },
  },
  ...(["general", "micro", "exclusive"] as const).map((level): LayerSpecification => ({
    id: `${level}-breach-sign`, type: "symbol", ...grids(`${level}_label`), filter: broken, minzoom: level === "general" ? 13 : 14.5,
    layout: { "icon-image": "breach", "icon-offset": [0, level === "general" ? -26 : -22], "icon-allow-overlap": true },
  })),
  {
    id: "stacked-sign", type: "symbol", ...grids("micro_label"), filter: stacked, minzoom: 15.5,
    layout: { ...text, "icon-image": "stairs", "icon-offset": [0, 22], "text-field": ["step", ["zoom"], "", 17, ["get", "stacked"]], "text-size": 11, "text-offset": [0, 3.4], "text-optional": true },
    paint: { ...halo, "text-color": COLOURS.ink },
  },
  {
    id: "micro-name", type: "symbol", ...grids("micro_label"), minzoom: 15.5,
    layout: { ...text, "text-field": ["format", ["get", "label"], {}, "\n", {}, ["to-string", ["get", "households"]], { "font-scale": 0.85 }], "text-size": 13 },
    paint: { ...halo, "text-color": COLOURS.ink },
  },
  {
    id: "exclusive-name", type: "symbol", ...grids("exclusive_label"), minzoom: 14.5,
    layout: { ...text, "text-field": ["get", "label"], "text-size": 13 },
    paint: { ...halo, "text-color": "#4c1d95", "text-halo-width": 2.4 },
  },
  {
    id: "community-name", type: "symbol", ...grids("community_label"), minzoom: 13,
    layout: { ...text, "text-field": ["get", "name"], "text-size": ["interpolate", ["linear"], ["zoom"], 13, 14, 17, 20], "text-letter-spacing": 0.06 },
    paint: { ...halo, "text-color": COLOURS.community, "text-halo-width": 2.4 },
  },
];

export function linesAndLabels(): LayerSpecification[] {
  return [...lines, ...LEVELS.flatMap(picked), ...labels];
}

/** The level that a pointer means: leaves close by, general grids from farther, communities from far. */
export function levelsAt(zoom: number): Level[] {
  if (zoom >= 14.25) return ["micro", "exclusive"];
  return zoom >= 13 ? ["general", "exclusive"] : ["community"];
}

/** The level of a code of 18 digits: its 13th says it. */
export function levelOf(code: string): Level | undefined {
  return LEVELS[Number(code[12])];
}
