// What a press on a plan's map means: a point of a border, a building to be moved, or a grid to be told of.
import type { Point } from "maplibre-gl";
import { text } from "../grids/tip";
import type { LineDrawer } from "./border";
import type { Mover } from "./building-move";
import { choose } from "./chosen-grid";
import type { PlanMap } from "./plan-map";

export function pressing(shown: PlanMap, drawer: LineDrawer, mover: Mover | null): void {
  const press = (point: Point): void => {
    if (drawer.active || mover?.press(point)) return;
    const [leaf] = shown.leavesAt(point);
    if (leaf && shown.side === "after") choose(shown, text(leaf.properties.code));
  };
  shown.map?.on("click", (event) => { press(event.point); });
  shown.map?.getCanvas().addEventListener("keydown", (event) => {
    if (event.key === "Enter" && shown.map) press(shown.map.project(shown.map.getCenter()));
  });
}
