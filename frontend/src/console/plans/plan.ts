// The pages of division plans: one map that shows before and after, or two in step.
import { openLegend } from "../../map/legend";
import { LineDrawer } from "./border";
import { Mover, readAddresses } from "./building-move";
import { rows } from "./chosen-grid";
import { inStep, openPlanMap, type PlanMap } from "./plan-map";
import { pressing } from "./press";

// <fieldset data-sides> with radio buttons named after the sides.
function sides(shown: PlanMap): void {
  for (const choice of document.querySelectorAll<HTMLInputElement>("[data-sides] input[type=radio]")) {
    choice.addEventListener("change", () => { shown.show(choice.value); });
  }
}

openLegend();
const [first, second] = [...document.querySelectorAll<HTMLElement>("[data-plan-map]")].map(openPlanMap);
if (first) {
  sides(first);
  rows(first);
  const addresses = readAddresses();
  const drawer = new LineDrawer(first, addresses?.lines ?? []);
  pressing(first, drawer, addresses ? new Mover(first, addresses) : null);
  if (first.map && second?.map) inStep(first.map, second.map);
}
