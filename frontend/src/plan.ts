// The pages of division plans: one map that shows before and after, or two in step.
import type { LngLatBoundsLike } from "maplibre-gl";
import { inStep, openPlanMap, type PlanMap } from "./plan-map";
import { Mover, readAddresses } from "./plan-move";

// <fieldset data-sides> with radio buttons named after the sides.
function sides(shown: PlanMap): void {
  for (const choice of document.querySelectorAll<HTMLInputElement>("[data-sides] input[type=radio]")) {
    choice.addEventListener("change", () => { shown.show(choice.value); });
  }
}

// Rows with data-code and data-box lead to their grid on the map.
function rows(shown: PlanMap): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("button[data-code]");
    if (!button) return;
    shown.mark("plan-picked", button.dataset.code ?? "");
    shown.mark("plan-picked-edge", button.dataset.code ?? "");
    const edges = (button.dataset.box ?? "").split(",").map(Number);
    if (edges.length === 4) shown.map?.fitBounds(edges as unknown as LngLatBoundsLike, { padding: 80, maxZoom: 17, duration: 0 });
    shown.element.scrollIntoView({ block: "nearest" });
  });
}

const [first, second] = [...document.querySelectorAll<HTMLElement>("[data-plan-map]")].map(openPlanMap);
if (first) {
  sides(first);
  rows(first);
  const addresses = readAddresses();
  if (addresses) new Mover(first, addresses);
  if (first.map && second?.map) inStep(first.map, second.map);
}
