// What was typed before htmx had arrived, or what the browser put back, is answered as soon as it can be: on a slow
// line words of danger would be heard by nobody else.
export function answerTyped(): void {
  document.addEventListener("htmx:load", (event) => {
    const fields = (event.target as Element).querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea");
    for (const field of fields) {
      if (field.value !== field.defaultValue && isTyped(field)) field.dispatchEvent(new Event("early", { bubbles: true }));
    }
  });
}

function isTyped(field: HTMLInputElement | HTMLTextAreaElement): boolean {
  return field instanceof HTMLTextAreaElement || ["text", "search"].includes(field.type);
}
