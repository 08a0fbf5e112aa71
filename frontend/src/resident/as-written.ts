// Without a line nothing can be looked up: what is typed is the place all the same, by a form that takes it over.
export function asWrittenAway(): void {
  const typed = document.querySelector<HTMLInputElement>("#id_q");
  const taken = document.querySelector<HTMLInputElement>("[data-as-written] [name=q]");
  if (!typed || !taken) return;
  taken.value = typed.value;
  typed.addEventListener("input", () => { taken.value = typed.value; });
}
