// A slider says its number beside it, and to a screen reader with it.
export function sliders(): void {
  document.addEventListener("input", (event) => {
    const slider = event.target as HTMLInputElement;
    if (slider.type !== "range") return;
    const output = slider.parentElement?.querySelector("output");
    if (output) output.textContent = slider.value;
  });
}
