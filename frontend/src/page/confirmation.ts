// A second press in the page instead of a pop-up, which large-type users lose or fear (GB/T 37668):
// <button data-confirm="Really?" data-yes="Yes" data-no="No">. The question takes the button's place.
function ask(button: HTMLButtonElement, submit: () => void): void {
  const box = document.createElement("div");
  box.className = "confirm";
  box.setAttribute("role", "group");
  const question = document.createElement("p");
  question.textContent = button.dataset.confirm ?? "";
  question.id = `confirm-${crypto.getRandomValues(new Uint32Array(1)).join()}`;
  box.setAttribute("aria-labelledby", question.id);
  const yes = choice(button.dataset.yes ?? "", button.className.replace("btn-quiet", ""));
  const no = choice(button.dataset.no ?? "", "btn");
  yes.addEventListener("click", () => {
    yes.disabled = true;
    submit();
  });
  no.addEventListener("click", () => {
    box.remove();
    button.hidden = false;
    button.focus();
  });
  box.append(question, yes, no);
  button.hidden = true;
  button.after(box);
  no.focus();
}

function choice(word: string, style: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = style;
  button.textContent = word;
  return button;
}

export function confirmInPlace(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-confirm]");
    if (!button || button.dataset.asked !== undefined) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(button, () => {
      button.dataset.asked = "";
      button.click();
    });
  }, true);
}
