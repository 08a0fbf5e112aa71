// Files before a form is sent: a preview of each, a word about one that cannot be taken, a way to take it out.
// Each is sent ahead piece by piece; what cannot be sent that way goes with the form.
import type { Entry } from "./entry";
import { kindOfFile } from "./file-kind";
import { previewOf, row } from "./file-row";
import { shrunk } from "./photo-size";
import { holdBack, nameRefused, wordsOf } from "./submission";
import { send } from "./upload";

// Files go one after another: only the first answer brings the cookie by which the server knows whose the next ones
// are. Sent side by side, each would come from a stranger.
let queue: Promise<unknown> = Promise.resolve();

const entries = new WeakMap<HTMLElement, Entry[]>();

export function entriesIn(form: HTMLElement): Entry[] {
  return [...form.querySelectorAll<HTMLElement>("[data-photos]")].flatMap((box) => entries.get(box) ?? []);
}

function fault(entry: Entry, at: number, box: HTMLElement): string {
  const said = wordsOf(box);
  if (!entry.ready) return "";
  if (entry.kind === "empty") return said.empty;
  if (entry.kind === "vast") return said.vast;
  if (entry.kind === "other") return said.notPhoto;
  if (entry.file.size > said.limit) return said.tooLarge;
  return at >= said.most ? said.tooMany : "";
}

// The input keeps what has not arrived, so that it goes with the form; what has arrived is named instead, and what
// cannot be taken stays out.
function settle(box: HTMLElement, input: HTMLInputElement): void {
  const held = (entries.get(box) ?? []).filter((entry) => !entry.wrong);
  const waiting = new DataTransfer();
  for (const entry of held) if (!entry.id) waiting.items.add(entry.file);
  input.files = waiting.files;
  box.querySelectorAll("input[type=hidden]").forEach((old) => { old.remove(); });
  for (const entry of held.filter(({ id }) => id)) {
    const hidden = document.createElement("input");
    hidden.type = "hidden";
    hidden.name = `${input.name}_upload`;
    hidden.value = entry.id;
    box.append(hidden);
  }
}

function show(box: HTMLElement, input: HTMLInputElement): void {
  const held = entries.get(box) ?? [];
  let room = 0;
  for (const entry of held) {
    entry.wrong = fault(entry, room, box);
    if (!entry.wrong) room += 1;
  }
  settle(box, input);
  sendAccepted(box, input);
  box.querySelector("ul")?.replaceChildren(...held.map((entry) => row(entry, wordsOf(box).remove, () => {
    entry.stop.abort();
    entries.set(box, (entries.get(box) ?? []).filter((other) => other !== entry));
    show(box, input);
    nameRefused(box, entries.get(box) ?? []);
    input.focus();
  })));
}

function note(box: HTMLElement, entry: Entry, words: string, share = entry.share): void {
  entry.note = words;
  entry.share = share;
  const at = (entries.get(box) ?? []).indexOf(entry);
  const item = box.querySelectorAll("li")[at];
  const output = item?.querySelector("output");
  if (output) output.textContent = words;
  item?.querySelector("progress")?.setAttribute("value", String(share));
  box.dispatchEvent(new CustomEvent("files:moved", { bubbles: true }));
}

// One that was over the number is taken once another was refused or taken out.
function sendAccepted(box: HTMLElement, input: HTMLInputElement): void {
  if (!box.dataset.upload) return;
  for (const entry of entries.get(box) ?? []) {
    if (!entry.ready || entry.wrong || entry.asked) continue;
    entry.asked = true;
    entry.sent = sendAhead(box, input, entry);
  }
}

async function sendAhead(box: HTMLElement, input: HTMLInputElement, entry: Entry): Promise<void> {
  const token = input.form?.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
  const said = wordsOf(box);
  try {
    const turn = queue.then(() => {
      entry.stop.signal.throwIfAborted();
      return send({ file: entry.file, address: box.dataset.upload ?? "", token, stop: entry.stop.signal }, {
        progress: (share) => { note(box, entry, `${Math.round(100 * share)}%`, share); },
        broken: () => { note(box, entry, said.broken); },
      });
    });
    queue = turn.catch(() => undefined);
    entry.id = await turn;
    entry.note = said.arrived;
    entry.share = 1;
  } catch {
    if (!entry.stop.signal.aborted) entry.note = "";
  }
  show(box, input);
}

async function prepare(box: HTMLElement, input: HTMLInputElement, entry: Entry): Promise<void> {
  note(box, entry, wordsOf(box).preparing);
  entry.kind = await kindOfFile(entry.file);
  if (entry.kind === "picture" || entry.kind === "heif") entry.file = await shrunk(entry.file);
  if (entry.stop.signal.aborted) return;
  entry.note = "";
  entry.ready = true;
  entry.preview = previewOf(entry);
  show(box, input);
  nameRefused(box, entries.get(box) ?? []);
  await entry.sent;
}

function take(box: HTMLElement, input: HTMLInputElement): void {
  const fresh = [...(input.files ?? [])].map((file): Entry => ({
    name: file.name, file, kind: "picture", ready: false, wrong: "", note: "", share: 0, id: "", asked: false,
    stop: new AbortController(), sent: Promise.resolve(), done: Promise.resolve(), preview: document.createElement("span"),
  }));
  entries.set(box, [...(entries.get(box) ?? []), ...fresh]);
  show(box, input);
  for (const entry of fresh) entry.done = prepare(box, input, entry);
}

export function photoInputs(): void {
  document.addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    const box = input.closest<HTMLElement>("[data-photos]");
    if (box && input.type === "file") take(box, input);
  });
  document.addEventListener("submit", (event) => { holdBack(event, entriesIn(event.target as HTMLElement)); });
}
