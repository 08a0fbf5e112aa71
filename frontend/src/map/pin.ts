// A place set by hand: one's position, or a map that is loaded when it is opened. The hidden fields carry it, and the
// server says what lies there; without script or map the address search beside it is enough.
import { word } from "../page/word";
import type { PinMap, Spot } from "./spot";
import { askAhead, readConfig } from "./first-view";

class Pin {
  private map: PinMap | null = null;
  private asked = 0;

  constructor(private readonly page: HTMLElement, private readonly box: HTMLElement) {
    const spot = this.spot();
    if (spot) this.tell();
    this.mapOnDemand();
    const here = box.querySelector<HTMLButtonElement>("[data-pin-here]");
    if (!here || !("geolocation" in navigator)) return;
    here.hidden = false;
    here.addEventListener("click", () => { this.locate(here); });
  }

  private field(name: string): HTMLInputElement {
    const input = this.box.querySelector<HTMLInputElement>(`input[data-pin="${name}"]`);
    if (!input) throw new Error(`no field ${name} for the pin`);
    return input;
  }

  private spot(): Spot | null {
    const [lon, lat] = [this.field("lon").value, this.field("lat").value];
    return lon && lat ? [Number(lon), Number(lat)] : null;
  }

  private set([lon, lat]: Spot): void {
    this.field("lon").value = lon.toFixed(6);
    this.field("lat").value = lat.toFixed(6);
    this.field("datum").value = "wgs84";
    this.tell();
    // What depends on the place (the grid, the office in charge) listens for this.
    this.field("lon").dispatchEvent(new Event("change", { bubbles: true }));
  }

  private mapOnDemand(): void {
    const element = this.page.querySelector<HTMLElement>(".pin-frame > .map");
    if (!element) return;
    const folded = element.closest<HTMLDetailsElement>("details[data-pin-map]");
    if (!folded || folded.open) void this.openMap(element);
    else folded.addEventListener("toggle", () => { void this.openMap(element); }, { once: true });
  }

  private async openMap(element: HTMLElement): Promise<void> {
    askAhead(element, readConfig(element));
    const { pinMap } = await import("./pin-map");
    this.map = pinMap(element, (spot) => { this.set(spot); });
    const spot = this.spot();
    if (spot) this.map?.show(spot, false);
  }

  private locate(button: HTMLButtonElement): void {
    button.disabled = true;
    this.say(word(this.box, "seeking"), false);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        button.disabled = false;
        const spot: Spot = [coords.longitude, coords.latitude];
        this.set(spot);
        this.map?.show(spot, true);
      },
      () => {
        button.disabled = false;
        this.say(word(this.box, "lost"), true);
      },
      { enableHighAccuracy: true, timeout: 10_000, maximumAge: 60_000 },
    );
  }

  /** Say what lies at the pin; a slow answer to an earlier place is not said any more. */
  private tell(): void {
    this.say(word(this.box, "set"), false);
    const near = this.box.dataset.near;
    if (!near) return;
    const number = ++this.asked;
    const body = new FormData();
    for (const name of ["lon", "lat"]) body.append(name, this.field(name).value);
    body.append("csrfmiddlewaretoken", document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "");
    void fetch(near, { method: "POST", body })
      .then(async (answer) => (answer.ok ? answer.text() : ""))
      .then((said) => { if (said.trim() && number === this.asked) this.say(said, false, true); })
      .catch(() => undefined);
  }

  private say(said: string, bad: boolean, marked = false): void {
    for (const line of this.page.querySelectorAll<HTMLElement>(".pin-said")) {
      line.classList.toggle("bad", bad);
      if (marked) line.innerHTML = said;
      else line.textContent = bad && !this.box.contains(line) ? "" : said; // what failed is said where it was pressed
    }
    this.offer();
  }

  /** Show the way on where there is a place or something to say; outside the area it is possible, not advised. */
  private offer(): void {
    const set = this.spot() !== null;
    for (const go of this.page.querySelectorAll<HTMLElement>(".pin-go")) go.hidden = !set && !go.querySelector(".pin-said")?.textContent;
    for (const button of this.page.querySelectorAll<HTMLButtonElement>(".pin-go button")) {
      button.hidden = !set;
      button.classList.toggle("btn-primary", !button.parentElement?.querySelector("[data-outside]"));
    }
  }
}

for (const box of document.querySelectorAll<HTMLElement>("[data-pin-box]")) {
  new Pin(box.closest<HTMLElement>("[data-pin-page]") ?? box, box);
}
