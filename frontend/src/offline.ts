// The page on which a report goes on without a line. Whoever is in danger gets the numbers of this phone, and
// nothing that was said is kept then.
import { shrunk } from "./file-shrink";
import { blank, drop, formOf, found, handIn, LIFE, type Outcome, put, type Waiting, waiting } from "./offline-queue";

const AGAIN = 15_000;

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

  async begin(): Promise<void> {
    const held = await found(new URL(location.href).searchParams.get("d") ?? "");
    if (held) this.entry = held;
    for (const name of ["words", "category", "address", "name", "phone"] as const) this.field(name).value = this.entry[name];
    this.form.addEventListener("submit", (event) => { void this.answered(event); });
    part("[data-here]").addEventListener("click", () => { this.locate(); });
    addEventListener("online", () => { void this.send(); });
    setInterval(() => { void this.send(); }, AGAIN);
    await this.led(held);
    await this.send();
  }

  // What the worker had to say when it led here.
  private async led(held: Waiting | undefined): Promise<void> {
    if (location.hash === "#danger") await this.danger();
    else if (location.hash === "#unsent") this.unsent();
    else if (held?.ready) this.hand();
    else if (held) this.tell("held", true);
  }

  private field(name: string): HTMLInputElement {
    return this.form.elements.namedItem(name) as HTMLInputElement;
  }

  private async answered(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if ((event.submitter as HTMLButtonElement | null)?.value !== "none") {
      await this.danger();
      return;
    }
    for (const name of ["words", "category", "address", "name", "phone"] as const) this.entry[name] = this.field(name).value;
    if (!this.entry.words.trim()) {
      this.field("words").focus();
      this.tell("empty", true);
      return;
    }
    const chosen = [...(this.field("photos").files ?? [])];
    const photos = [...this.entry.photos, ...await Promise.all(chosen.map(shrunk))];
    await put({ ...this.entry, photos, at: Date.now(), ready: true });
    this.hand();
    await this.send();
  }

  private hand(): void {
    this.form.reset();
    this.form.hidden = true;
  }

  // Nothing of this report may lie on the phone: it was not sent, and its form is on the server for a while.
  private unsent(): void {
    this.tell("unsent", true);
    this.form.hidden = true;
    const back = part("[data-back]") as HTMLAnchorElement;
    back.hidden = false;
    back.href = `/report/contact/${location.search}`;
  }

  // Nothing of it stays on the phone: not this report, and not what was kept of it when the line broke.
  private async danger(): Promise<void> {
    await drop(this.entry.key);
    this.form.reset();
    this.form.hidden = true;
    const numbers = part("#offline-danger");
    numbers.hidden = false;
    numbers.focus();
  }

  private locate(): void {
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      this.entry.lon = coords.longitude.toFixed(6);
      this.entry.lat = coords.latitude.toFixed(6);
      this.tell("placed", false);
    }, () => { this.tell("unplaced", true); }, { enableHighAccuracy: true, timeout: 15_000 });
  }

  private tell(name: string, bad: boolean): void {
    this.said.hidden = false;
    this.said.classList.toggle("notice-warn", bad);
    this.said.textContent = this.said.dataset[name] ?? "";
  }

  private async send(): Promise<void> {
    const before = (await waiting()).filter((entry) => entry.ready).length;
    if (before) this.tell("waiting", true);
    const left = await handIn(post, (entry, outcome) => { this.arrived(entry, outcome); });
    await this.show();
    if (before && !left) this.tell("done", false);
  }

  private async show(): Promise<void> {
    const ready = (await waiting()).filter((entry) => entry.ready);
    const rows = ready.map((entry) => {
      const item = document.createElement("li");
      const minutes = Math.max(1, Math.ceil((entry.at + LIFE - Date.now()) / 60_000));
      item.textContent = `${this.list.dataset.waiting ?? ""} · ${entry.words.slice(0, 40)} · ${(this.list.dataset.until ?? "").replace("0", String(minutes))}`;
      return item;
    });
    this.list.querySelectorAll("li:not([data-done])").forEach((old) => { old.remove(); });
    this.list.append(...rows);
  }

  private arrived(entry: Waiting, { receipt, next }: Outcome): void {
    const item = document.createElement("li");
    const link = document.createElement("a");
    item.dataset.done = "";
    link.className = "btn btn-primary";
    link.href = receipt ?? next ?? "/report/";
    link.textContent = (receipt ? this.list.dataset.done : this.list.dataset.next) ?? "";
    item.append(`${entry.words.slice(0, 40)} `, link);
    this.list.append(item);
  }
}

void new OfflinePage().begin();
