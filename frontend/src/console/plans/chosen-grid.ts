// One grid of a plan beside its map: chosen by a press on its ground, or by its name in a table.
import type { LngLatBoundsLike } from "maplibre-gl";
import htmx from "../../page/htmx";
import type { PlanMap } from "./plan-map";

/** Mark a grid on the map and tell of it; `told` is false for one that the plan does not hold. */
export function choose(shown: PlanMap, code: string, told = true): void {
  shown.mark("plan-picked", code);
  shown.mark("plan-picked-edge", code);
  if (!code || !told || !shown.config.grid) return;
  void htmx.ajax("get", `${shown.config.grid}?code=${encodeURIComponent(code)}`, "#chosen-grid");
}

// Rows with data-code and data-box lead to their grid, or to a border, on the map.
export function rows(shown: PlanMap): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("button[data-code]");
    if (!button) return;
    choose(shown, button.dataset.code ?? "", button.dataset.gone === undefined);
    const edges = (button.dataset.box ?? "").split(",").map(Number);
    if (edges.length === 4) shown.map?.fitBounds(edges as unknown as LngLatBoundsLike, { padding: 80, maxZoom: 17, duration: 0 });
    shown.element.scrollIntoView({ block: "nearest" });
  });
}
