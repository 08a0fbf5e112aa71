// Files before a form is sent: a preview of each, a word about one that cannot be taken, a way to take it out.
// Each is sent ahead piece by piece; what has not arrived when the form goes is waited for, and what cannot be
// sent that way goes with the form.
import { send } from "./upload";

interface Words {
  limit: number;
  most: number;
  remove: string;
  tooLarge: string;
  notPhoto: string;
  tooMany: string;
  broken: string;
  arrived: string;
}

interface Entry {
  file: File;
  note: string;
  id: string;
  stop: AbortController;
  done: Promise<void>;
}

const entries = new WeakMap<HTMLElement, Entry[]>();

function words(box: HTMLElement): Words {
  const given = box.dataset;
  return {
    limit: Number(given.limit) * 1024 * 1024,
    most: Number(given.most),
    remove: given.remove ?? "",
    tooLarge: given.tooLarge ?? "",
    notPhoto: given.notPhoto ?? "",
    tooMany: given.tooMany ?? "",
    broken: given.broken ?? "",
    arrived: given.arrived ?? "",
  };
}

function fault(file: File, at: number, said: Words): string {
  if (!file.type.startsWith("image/") && file.type !== "application/pdf") return said.notPhoto;
  if (file.size > said.limit) return said.tooLarge;
  return at >= said.most ? said.tooMany : "";
}

function size(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function preview(file: File): HTMLElement {
  if (!file.type.startsWith("image/")) {
    const sign = document.createElement("span");
    sign.className = "pdf-sign";
    sign.textContent = "PDF";
    return sign;
  }
  const image = document.createElement("img");
  image.alt = "";
  image.src = URL.createObjectURL(file);
  image.addEventListener("load", () => { URL.revokeObjectURL(image.src); });
  return image;
}

function row(entry: Entry, wrong: string, remove: () => void, word: string): HTMLLIElement {
  const item = document.createElement("li");
  const said = document.createElement("div");
  const name = document.createElement("span");
  const note = document.createElement("output");
  const button = document.createElement("button");
  name.className = "name";
  name.textContent = entry.file.name;
  note.textContent = wrong || [size(entry.file.size), entry.note].filter(Boolean).join(" · ");
  item.classList.toggle("bad", wrong !== "");
  button.type = "button";
  button.className = "btn";
  button.textContent = word;
  button.setAttribute("aria-label", `${word}: ${entry.file.name}`);
  button.addEventListener("click", remove);
  said.append(name, note);
  item.append(preview(entry.file), said, button);
  return item;
}

// The input keeps what has not arrived, so that it goes with the form; what has arrived is named instead.
function settle(box: HTMLElement, input: HTMLInputElement, held: Entry[]): void {
  const waiting = new DataTransfer();
  for (const entry of held) if (!entry.id) waiting.items.add(entry.file);
  input.files = waiting.files;
  box.querySelectorAll("input[type=hidden]").forEach((old) => { old.remove(); });
  for (const entry of held) {
    if (!entry.id) continue;
    const hidden = document.createElement("input");
    hidden.type = "hidden";
    hidden.name = `${input.name}_upload`;
    hidden.value = entry.id;
    box.append(hidden);
  }
}

function show(box: HTMLElement, input: HTMLInputElement): void {
  const said = words(box);
  const held = entries.get(box) ?? [];
  const faults = held.map((entry, at) => fault(entry.file, at, said));
  settle(box, input, held);
  // The browser itself refuses to send the form and says why, until the file is taken out.
  input.setCustomValidity(faults.find(Boolean) ?? "");
  box.querySelector("ul")?.replaceChildren(
    ...held.map((entry, at) => row(entry, faults[at] ?? "", () => {
      entry.stop.abort();
      entries.set(box, (entries.get(box) ?? []).filter((other) => other !== entry));
      show(box, input);
      input.focus();
    }, said.remove)),
  );
}

function note(box: HTMLElement, entry: Entry, words: string): void {
  entry.note = words;
  const at = (entries.get(box) ?? []).indexOf(entry);
  const output = box.querySelectorAll("li output")[at];
  if (output) output.textContent = [size(entry.file.size), words].filter(Boolean).join(" · ");
}

async function sendAhead(box: HTMLElement, input: HTMLInputElement, entry: Entry): Promise<void> {
  const token = input.form?.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
  const address = box.dataset.upload ?? "";
  const said = words(box);
  try {
    entry.id = await send({ file: entry.file, address, token, stop: entry.stop.signal }, {
      progress: (share) => { note(box, entry, `${Math.round(100 * share)}%`); },
      broken: () => { note(box, entry, said.broken); },
    });
    entry.note = said.arrived;
    show(box, input);
  } catch {
    if (!entry.stop.signal.aborted) note(box, entry, "");
  }
}

function take(box: HTMLElement, input: HTMLInputElement): void {
  const said = words(box);
  const held = entries.get(box) ?? [];
  const fresh = [...(input.files ?? [])].map((file): Entry => (
    { file, note: "", id: "", stop: new AbortController(), done: Promise.resolve() }
  ));
  const all = [...held, ...fresh];
  entries.set(box, all);
  show(box, input);
  if (!box.dataset.upload) return;
  for (const [at, entry] of all.entries()) {
    if (fresh.includes(entry) && !fault(entry.file, at, said)) entry.done = sendAhead(box, input, entry);
  }
}

function holdBack(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const boxes = [...form.querySelectorAll<HTMLElement>("[data-photos]")];
  const under = boxes.flatMap((box) => entries.get(box) ?? []).filter((entry) => !entry.id);
  if (!under.length || form.dataset.waited) return;
  event.preventDefault();
  void Promise.all(under.map((entry) => entry.done)).then(() => {
    form.dataset.waited = "1";
    form.requestSubmit(event.submitter);
  });
}

export function photoInputs(): void {
  document.addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    const box = input.closest<HTMLElement>("[data-photos]");
    if (box && input.type === "file") take(box, input);
  });
  document.addEventListener("submit", holdBack);
}
