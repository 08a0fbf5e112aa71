// The page on which a report goes on without a line. Whoever is in danger gets the numbers of this phone; what was
// said is then on this page alone, out of sight, and nowhere on the phone.
import { LIFE } from "../../page/draft";
import { shrunk } from "../../page/files/photo-size";
import { forgetTyped, noteTyped, typedOf } from "../../page/typed-notes";
import { blank, drop, formOf, found, handIn, type Outcome, put, type Waiting, waiting, WRITTEN } from "./queue";

const AGAIN = 15_000;
const TYPED = ["words", "category", "address", "name", "phone"] as const;

function part(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (!element) throw new Error(`the page has no ${selector}`);
  return element;
}

function token(): string {
  return /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}

async function post(entry: Waiting): Promise<Outcome> {
  const answer = await fetch("/report/queued/", { method: "POST", body: formOf(entry), headers: { "X-CSRFToken": token() } });
  if (answer.status >= 500) throw new Error(String(answer.status));
  return await answer.json() as Outcome;
}

class OfflinePage {
  private readonly form = part("#offline-form") as HTMLFormElement;
  private readonly list = part("#offline-waiting");
  private readonly said = part("#offline-said");
  private entry = blank(crypto.randomUUID());

  private danger = ""; // what was answered of it: nothing is noted from then on
  private told = ""; // what was said last
  private unfinished = 0; // what the server has taken in without filing it: a question is left

  async begin(): Promise<void> {
    const held = await this.named();
    const typed = typedOf(this.entry.key);
    const early = TYPED.some((name) => this.field(name).value); // typed while the phone's store was still opening
    for (const name of TYPED) this.field(name).value ||= typed[name] ?? this.entry[name];
    this.field("building").checked = this.entry.building === WRITTEN;
    if (early) this.note();
    this.form.addEventListener("input", () => { this.note(); });
    this.form.addEventListener("submit", (event) => { void this.answered(event); });
    part("[data-here]").addEventListener("click", () => { this.locate(); });
    part("[data-show]").addEventListener("click", () => { this.form.hidden = false; this.field("words").focus(); });
    part("[data-send]").addEventListener("click", () => { this.sendAtOnce(); });
    for (const told of ["online", "offline"]) addEventListener(told, () => { void this.look(); });
    setInterval(() => { void this.look(); }, AGAIN);
    this.sayPhotos(Number(typed.photos ?? 0));
    await this.led(held);
    await this.look();
  }

  private note(): void {
    if (this.danger) return;
    const photos = this.field("photos").files?.length ?? 0;
    noteTyped(this.entry.key, photos ? { ...this.typed(), photos: String(photos) } : this.typed());
    if (photos) part("[data-photos-again]").hidden = true;
  }

  // The report that the address names, or a new one whose key the address names from now on: a reload finds it.
  private async named(): Promise<Waiting | undefined> {
    const here = new URL(location.href);
    const key = here.searchParams.get("d") ?? "";
    const held = await found(key);
    this.entry = held ?? blank(key || this.entry.key);
    here.searchParams.set("d", this.entry.key);
    history.replaceState(history.state, "", here);
    return held;
  }

  // Photos chosen before a reload are gone with the page, for a phone may be shared; whoever chose them is told.
  private sayPhotos(chosen: number): void {
    part("[data-photos-again]").hidden = chosen === 0;
    const kept = part("[data-photos-kept]");
    kept.hidden = this.entry.photos.length === 0;
    kept.textContent = (kept.dataset.photosKept ?? "").replace("0", String(this.entry.photos.length));
  }

  private typed(): Record<(typeof TYPED)[number], string> {
    return Object.fromEntries(TYPED.map((name) => [name, this.field(name).value])) as Record<(typeof TYPED)[number], string>;
  }

  // Whether the server answers: the page says so, and what waits is sent.
  private async look(): Promise<void> {
    const there = await fetch("/report/worker.js", { cache: "no-store" }).then(() => true, () => false);
    for (const part of document.querySelectorAll<HTMLElement>("[data-there]")) part.textContent = (there ? part.dataset.there : part.dataset.away) ?? "";
    for (const part of document.querySelectorAll<HTMLElement>("[data-away-only]")) part.hidden = there;
    part("[data-send]").hidden = !there;
    if (this.told === "held" || this.told === "heldThere") this.tell(there ? "heldThere" : "held", true);
    await this.send(there);
  }

  // What the worker had to say when it led here.
  private async led(held: Waiting | undefined): Promise<void> {
    if (location.hash === "#danger") await this.spoken();
    else if (held?.ready) this.hand();
    else if (held) this.tell("held", true);
  }

  private field(name: string): HTMLInputElement {
    return this.form.elements.namedItem(name) as HTMLInputElement;
  }

  private async answered(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const danger = (event.submitter as HTMLButtonElement | null)?.value ?? "yes";
    if (danger !== "none") {
      await this.inDanger(danger);
      return;
    }
    this.danger = "";
    Object.assign(this.entry, this.typed(), { building: this.field("building").checked ? WRITTEN : "" });
    if (!this.entry.words.trim()) {
      this.field("words").focus();
      this.tell("empty", true);
      return;
    }
    const chosen = [...(this.field("photos").files ?? [])];
    const photos = [...this.entry.photos, ...await Promise.all(chosen.map(shrunk))];
    await put({ ...this.entry, photos, at: Date.now(), ready: true });
    this.hand();
    await this.look();
  }

  private hand(): void {
    forgetTyped();
    this.form.reset();
    this.form.hidden = true;
  }

  // What was written on the page before is asked of the worker, which has it in memory alone.
  private async spoken(): Promise<void> {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<Partial<Record<string, string>>>) => {
      for (const name of TYPED) this.field(name).value ||= data[name] ?? "";
      this.danger = data.danger ?? this.danger;
    };
    navigator.serviceWorker.controller?.postMessage("unkept", [port2]);
    await this.inDanger("yes");
  }

  // Nothing of it stays on the phone: not this report, and not what was kept of it when the line broke.
  private async inDanger(danger: string): Promise<void> {
    this.danger = danger;
    forgetTyped();
    await drop(this.entry.key);
    this.form.hidden = true;
    this.said.hidden = true;
    document.querySelectorAll<HTMLElement>("[data-dropped]").forEach((said) => { said.hidden = false; });
    document.querySelectorAll<HTMLElement>("[data-kept]").forEach((said) => { said.hidden = true; });
    (part("#offline-danger") as HTMLDetailsElement).open = true;
    part("#offline-danger summary").focus();
  }

  // With a line it goes the way of every report: the numbers first, then on.
  private sendAtOnce(): void {
    const fields = { ...this.typed(), d: this.entry.key, danger: this.danger, csrfmiddlewaretoken: token() };
    const form = Object.assign(document.createElement("form"), { method: "post", action: "/report/", hidden: true });
    for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement("input"), { name, value }));
    document.body.append(form);
    form.submit();
  }

  private locate(): void {
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      this.entry.lon = coords.longitude.toFixed(6);
      this.entry.lat = coords.latitude.toFixed(6);
      this.tell("placed", false);
    }, () => { this.tell("unplaced", true); }, { enableHighAccuracy: true, timeout: 15_000 });
  }

  private tell(name: string, bad: boolean): void {
    this.told = name;
    this.said.hidden = false;
    this.said.classList.toggle("notice-warn", bad);
    this.said.textContent = this.said.dataset[name] ?? "";
  }

  private async send(there: boolean): Promise<void> {
    const before = (await waiting()).filter((entry) => entry.ready).length;
    if (before) this.tell(there ? "sending" : "waiting", !there);
    const left = await handIn(post, (entry, outcome) => { this.arrived(entry, outcome); });
    await this.show();
    if (left) this.tell("waiting", true);
    else if (before) this.tell(this.unfinished ? "unfinished" : "done", this.unfinished > 0);
  }

  private async show(): Promise<void> {
    const ready = (await waiting()).filter((entry) => entry.ready);
    const rows = ready.map((entry) => {
      const item = document.createElement("li");
      const minutes = Math.max(1, Math.ceil((entry.at + LIFE - Date.now()) / 60_000));
      item.textContent = `${this.list.dataset.waiting ?? ""} · ${this.written(entry)} · ${(this.list.dataset.until ?? "").replace("0", String(minutes))}`;
      return item;
    });
    this.list.querySelectorAll("li:not([data-done])").forEach((old) => { old.remove(); });
    this.list.append(...rows);
  }

  // A report by its time: whoever takes the phone reads no words here.
  private written({ at }: Waiting): string {
    return `${this.list.dataset.at ?? ""} ${new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" })}`;
  }

  private arrived(entry: Waiting, { receipt, next }: Outcome): void {
    const item = document.createElement("li");
    const link = document.createElement("a");
    item.dataset.done = "";
    if (!receipt) this.unfinished += 1;
    link.className = "btn btn-primary";
    link.href = receipt ?? next ?? "/report/";
    link.textContent = (receipt ? this.list.dataset.done : this.list.dataset.next) ?? "";
    item.append(`${this.written(entry)} `, link);
    this.list.append(item);
  }
}

void new OfflinePage().begin();
