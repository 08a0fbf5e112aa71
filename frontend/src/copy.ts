// A button that copies the text of another element and says so.
async function copy(button: HTMLElement): Promise<void> {
  const source = document.getElementById(button.dataset.copy ?? "");
  if (!source) return;
  const word = button.querySelector("span") ?? button;
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
    word.textContent = button.dataset.done ?? "";
    button.classList.add("copied");
  } catch {
    // Not allowed here (an old browser, no https): the text is marked instead, ready to be copied by hand.
    getSelection()?.selectAllChildren(source);
  }
}

export function copyButtons(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy]");
    if (button) void copy(button);
  });
}

// A link to the card of a code becomes a button that saves it as a picture; the drawing is loaded when it is asked for.
export function cardLinks(): void {
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-card]");
    if (!link) return;
    event.preventDefault();
    void import("./card").then(
      (card) => card.saveCard(link),
      () => {
        location.assign(link.href);
      },
    );
  });
}
