// Photos before they are sent: a preview of each, a word about one that is too large, a way to take it out.
interface Words {
  limit: number;
  most: number;
  remove: string;
  tooLarge: string;
  notPhoto: string;
  tooMany: string;
}

function words(box: HTMLElement): Words {
  const given = box.dataset;
  return {
    limit: Number(given.limit) * 1024 * 1024,
    most: Number(given.most),
    remove: given.remove ?? "",
    tooLarge: given.tooLarge ?? "",
    notPhoto: given.notPhoto ?? "",
    tooMany: given.tooMany ?? "",
  };
}

function fault(file: File, at: number, said: Words): string {
  if (!file.type.startsWith("image/")) return said.notPhoto;
  if (file.size > said.limit) return said.tooLarge;
  return at >= said.most ? said.tooMany : "";
}

function size(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function preview(file: File): HTMLImageElement {
  const image = document.createElement("img");
  image.alt = "";
  image.src = URL.createObjectURL(file);
  image.addEventListener("load", () => { URL.revokeObjectURL(image.src); });
  return image;
}

function row(file: File, wrong: string, remove: () => void, word: string): HTMLLIElement {
  const item = document.createElement("li");
  const said = document.createElement("div");
  const name = document.createElement("span");
  const note = document.createElement("output");
  const button = document.createElement("button");
  name.className = "name";
  name.textContent = file.name;
  note.textContent = wrong || size(file.size);
  item.classList.toggle("bad", wrong !== "");
  button.type = "button";
  button.className = "btn";
  button.textContent = word;
  button.setAttribute("aria-label", `${word}: ${file.name}`);
  button.addEventListener("click", remove);
  said.append(name, note);
  item.append(preview(file), said, button);
  return item;
}

function keep(input: HTMLInputElement, files: File[]): void {
  const chosen = new DataTransfer();
  for (const file of files) chosen.items.add(file);
  input.files = chosen.files;
}

function show(box: HTMLElement, input: HTMLInputElement): void {
  const said = words(box);
  const files = [...(input.files ?? [])];
  const faults = files.map((file, at) => fault(file, at, said));
  // The browser itself refuses to send the form and says why, until the photo is taken out.
  input.setCustomValidity(faults.find(Boolean) ?? "");
  box.querySelector("ul")?.replaceChildren(
    ...files.map((file, at) => row(file, faults[at] ?? "", () => {
      keep(input, files.filter((other) => other !== file));
      show(box, input);
      input.focus();
    }, said.remove)),
  );
}

export function photoInputs(): void {
  document.addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    const box = input.closest<HTMLElement>("[data-photos]");
    if (box && input.type === "file") show(box, input);
  });
}
