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
