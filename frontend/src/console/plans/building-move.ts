// A building pressed on a plan's map: the grids into which it may go, and what each move would break.
import type { Point } from "maplibre-gl";
import { word } from "../../map/ground";
import htmx from "../../page/htmx";
import { text } from "../grids/tip";
import type { Course } from "./border";
import type { PlanMap } from "./plan-map";

interface Addresses { building: string; check: string; lines: Course[] }
interface Effect { grids: string[]; broken: string[]; mended: string[] }

export class Mover {
  /** Set while the next building that is pressed is the second of a pair. */
  private pair: HTMLFormElement | undefined;
  private asked = 0;

  constructor(private readonly shown: PlanMap, private readonly addresses: Addresses) {
    document.addEventListener("click", (event) => { this.click(event.target as Element); });
    document.addEventListener("change", (event) => {
      const form = (event.target as Element).closest<HTMLFormElement>("[data-move-form]");
      if (form) void this.check(form);
    });
  }

  /** Take a press on a building, or on the ground of a grid that is offered; false where it is neither. */
  press(point: Point): boolean {
    const [house] = this.shown.map?.queryRenderedFeatures(point, { layers: ["building", "plan-moved"] }) ?? [];
    const unit = text(house?.properties.id);
    if (unit) this.choose(unit);
    return unit !== "" || this.target(point);
  }

  // Pressing the ground of a grid that is offered chooses it.
  private target(point: Point): boolean {
    for (const feature of this.shown.leavesAt(point)) {
      const offered = document.querySelector<HTMLInputElement>(`[data-move-form] input[name=target][value="${text(feature.properties.code)}"]`);
      if (!offered) continue;
      offered.checked = true;
      offered.dispatchEvent(new Event("change", { bubbles: true }));
      return true;
    }
    return false;
  }

  private choose(unit: string): void {
    if (this.pair) {
      this.finish(this.pair, unit);
      return;
    }
    this.shown.map?.setFilter("plan-building", ["==", ["get", "id"], unit]);
    this.shown.mark("plan-target", "");
    const panel = document.getElementById("move");
    void htmx.ajax("get", `${this.addresses.building}?unit=${encodeURIComponent(unit)}`, "#move").then(() => {
      panel?.scrollIntoView({ block: "nearest" });
    });
  }

  private click(at: Element): void {
    const found = at.closest<HTMLElement>("#found-buildings [data-unit]");
    if (found) this.choose(found.dataset.unit ?? "");
    const wish = at.closest<HTMLElement>("[data-pair]");
    const form = wish?.closest("form");
    if (!wish || !form) return;
    this.pair = form;
    this.field(form, "wish").value = wish.dataset.pair ?? "";
    const said = form.querySelector("[data-pair-said]");
    if (said) said.textContent = word(form, "next");
  }

  private finish(form: HTMLFormElement, unit: string): void {
    this.pair = undefined;
    if (unit === this.field(form, "unit").value) return;
    this.field(form, "other").value = unit;
    form.requestSubmit();
  }

  private field(form: HTMLFormElement, name: string): HTMLInputElement {
    return form.elements.namedItem(name) as HTMLInputElement;
  }

  private async check(form: HTMLFormElement): Promise<void> {
    const chosen = new FormData(form);
    const code = text(chosen.get("target"));
    this.shown.mark("plan-target", code);
    const said = form.querySelector<HTMLElement>(".move-said");
    if (!code || !said) return;
    const number = ++this.asked;
    said.textContent = word(said, "checking");
    const query = new URLSearchParams(["unit", "part", "target", "version"].map((name) => [name, text(chosen.get(name))]));
    const answer = await fetch(`${this.addresses.check}?${query.toString()}`).catch(() => null);
    const effect = answer?.ok ? ((await answer.json()) as Effect) : null;
    if (number !== this.asked) return;
    if (effect) this.tell(said, effect);
    else said.textContent = word(said, "failed");
  }

  private tell(said: HTMLElement, effect: Effect): void {
    const parts = [this.list("", effect.grids)];
    if (effect.broken.length) parts.push(this.list(word(said, "broken"), effect.broken, "bad"));
    else parts.push(this.list(word(said, "kept"), [], "good"));
    if (effect.mended.length) parts.push(this.list(word(said, "mended"), effect.mended, "good"));
    said.replaceChildren(...parts);
  }

  private list(title: string, lines: string[], kind = ""): HTMLElement {
    const box = document.createElement("div");
    if (kind) box.className = kind;
    const head = document.createElement("strong");
    head.textContent = title;
    const list = document.createElement("ul");
    list.append(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
    box.append(...(title ? [head] : []), ...(lines.length ? [list] : []));
    return box;
  }
}

export function readAddresses(): Addresses | null {
  const source = document.getElementById("plan-change");
  return source ? (JSON.parse(source.textContent) as Addresses) : null;
}
