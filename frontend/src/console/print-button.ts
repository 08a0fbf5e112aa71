// A button that prints the page; without scripts it stays hidden, and the browser's own menu prints as well.
export function printButtons(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      window.print();
    });
  }
}
