// One file in the list of a form: what it looks like, how far it came, a button to take it out.
import type { Entry } from "./entry";

export function size(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export function previewOf({ kind, file }: Entry): HTMLElement {
  if (kind === "picture" || kind === "heif") {
    const image = document.createElement("img");
    image.alt = "";
    image.src = URL.createObjectURL(file);
    image.addEventListener("load", () => { URL.revokeObjectURL(image.src); });
    image.addEventListener("error", () => { image.replaceWith(sign(kind === "heif" ? "HEIC" : "?")); });
    return image;
  }
  return sign(kind === "pdf" ? "PDF" : "?");
}

function sign(words: string): HTMLElement {
  const made = document.createElement("span");
  made.className = "pdf-sign";
  made.textContent = words;
  return made;
}

export function row(entry: Entry, word: string, remove: () => void): HTMLLIElement {
  const item = document.createElement("li");
  const said = document.createElement("div");
  const name = document.createElement("span");
  const note = document.createElement("output");
  const button = document.createElement("button");
  name.className = "name";
  name.textContent = entry.name;
  note.textContent = entry.wrong || [size(entry.file.size), entry.note].filter(Boolean).join(" · ");
  item.classList.toggle("bad", entry.wrong !== "");
  button.type = "button";
  button.className = "btn";
  button.textContent = word;
  button.setAttribute("aria-label", `${word}: ${entry.name}`);
  button.addEventListener("click", remove);
  said.append(name, note);
  if (!entry.wrong && !entry.id) said.append(bar(entry.share, entry.name));
  item.append(entry.preview, said, button);
  return item;
}

function bar(share: number, name: string): HTMLProgressElement {
  const made = document.createElement("progress");
  made.max = 1;
  made.value = share;
  made.setAttribute("aria-label", name);
  return made;
}
