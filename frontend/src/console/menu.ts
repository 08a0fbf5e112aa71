// Opens and folds what a button controls (the rail on a phone).
export function menuButtons(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-menu]");
    const menu = document.getElementById(button?.dataset.menu ?? "");
    if (!button || !menu) return;
    const folded = menu.toggleAttribute("data-folded");
    button.setAttribute("aria-expanded", String(!folded));
  });
}
