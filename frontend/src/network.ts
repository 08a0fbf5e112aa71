// The line is away: a form stays where it is with what was typed, and a search says so; both go on by themselves once
// the line is back. Where the worker of the report's pages is in charge it goes on with forms.
const AGAIN = 5000;

interface Lost {
  elt: HTMLElement;
  target: HTMLElement;
  requestConfig: { verb: "get" | "post"; path: string };
}

interface Asking {
  ajax: (verb: string, path: string, how: { source: HTMLElement; target: HTMLElement }) => Promise<void>;
}

const pressed = new Map<HTMLFormElement, HTMLElement | null>(); // the button pressed last
const asked = new Map<HTMLElement, Lost>();

function notice(before: Element, name: string): HTMLElement {
  const old = before.previousElementSibling;
  const made = old instanceof HTMLElement && old.matches("[data-network-said]") ? old : document.createElement("p");
  made.dataset.networkSaid = "";
  made.className = "notice notice-warn";
  made.setAttribute("role", "alert");
  made.textContent = document.body.dataset[name] ?? "";
  before.before(made);
  return made;
}

function quiet(near: Element): void {
  const said = near.previousElementSibling;
  if (said?.matches("[data-network-said]")) said.remove();
}

async function askAgain(): Promise<void> {
  if (!asked.size) return;
  const { default: htmx } = await import("htmx.org") as unknown as { default: Asking };
  const again = [...asked.values()];
  asked.clear();
  for (const { elt, target, requestConfig } of again) {
    if (elt.isConnected) void htmx.ajax(requestConfig.verb, requestConfig.path, { source: elt, target }).catch(() => undefined);
  }
}

function lost({ detail }: CustomEvent<Lost>): void {
  asked.set(detail.target, detail);
  notice(detail.target, "networkSearch");
  setTimeout(() => { void askAgain(); }, AGAIN);
}

function guarded(form: HTMLFormElement): boolean {
  return new URL(form.getAttribute("action") ?? "", location.href).pathname.startsWith("/report/") && "serviceWorker" in navigator && navigator.serviceWorker.controller !== null;
}

function hold(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (navigator.onLine || event.defaultPrevented || form.method !== "post" || guarded(form)) return;
  event.preventDefault();
  const said = say(form, event.submitter);
  const first = !pressed.has(form);
  pressed.set(form, event.submitter);
  if (!first) return;
  addEventListener("online", () => {
    const button = pressed.get(form) ?? null;
    pressed.delete(form);
    said.remove();
    form.requestSubmit(button);
  }, { once: true });
}

function say(form: HTMLFormElement, button: HTMLElement | null): HTMLElement {
  const said = notice(button?.closest(".actions") ?? button ?? form, button?.dataset.atOnce === undefined ? "networkForm" : "networkDanger");
  said.scrollIntoView({ block: "center" });
  return said;
}

export function lineGuard(): void {
  document.addEventListener("submit", hold);
  document.addEventListener("htmx:sendError", (event) => { lost(event as CustomEvent<Lost>); });
  document.addEventListener("htmx:beforeSwap", (event) => { quiet(event.target as Element); });
  addEventListener("online", () => { void askAgain(); });
}
