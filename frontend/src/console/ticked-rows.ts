// Ticked rows of a list: all at once, how many there are, and a button that waits for the first one.
function boxes(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>("[data-tick]")];
}

function tell(): void {
  const all = boxes();
  const ticked = all.filter((box) => box.checked).length;
  const every = document.querySelector<HTMLInputElement>("[data-tick-all]");
  if (every) {
    every.checked = ticked > 0 && ticked === all.length;
    every.indeterminate = ticked > 0 && ticked < all.length;
  }
  for (const form of document.querySelectorAll<HTMLElement>("[data-ticked]")) {
    form.toggleAttribute("data-some", ticked > 0);
    const count = form.querySelector("[data-ticked-count]");
    if (count) count.textContent = ticked ? String(ticked) : "";
    form.querySelector("button")?.toggleAttribute("disabled", ticked === 0);
  }
}

export function ticks(): void {
  document.addEventListener("change", (event) => {
    const box = event.target as HTMLInputElement;
    if (box.matches("[data-tick-all]")) for (const one of boxes()) one.checked = box.checked;
    if (box.matches("[data-tick], [data-tick-all]")) tell();
  });
  document.addEventListener("htmx:afterSettle", tell);
  addEventListener("pageshow", tell);
  tell();
}
