// The line is away: a form stays where it is with what was typed, and a search says so; both go on by themselves once
// the line is back. Where the worker of the report's pages is in charge it goes on with forms, but for those that may
// not be kept on a phone: it says "unsent", and they stay here as well.
import { forgetTaken, forgetTyped, noteTyped, typedOf } from "./typed-notes";

const AGAIN = 5000;

interface Lost {
  elt: HTMLElement;
  target: HTMLElement;
  requestConfig: { verb: "get" | "post"; path: string };
}

interface Asking {
  ajax: (verb: string, path: string, how: { source: HTMLElement; target: HTMLElement }) => Promise<void>;
}

let away = !navigator.onLine;
let leaving = false; // the form is sent: what the server still has to say of its words is noted no more
let sent: [HTMLFormElement, HTMLElement | null] | null = null; // the form sent last
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

// An answer has come: the line is there, whatever the phone says of its network.
function there(near: Element): void {
  away = !navigator.onLine;
  sayAway();
  quiet(near);
}

function quiet(near: Element): void {
  const said = near.previousElementSibling;
  if (said?.matches("[data-network-said]")) said.remove();
}

async function askAgain(): Promise<void> {
  if (!asked.size) return;
  const { default: htmx } = await import("./htmx") as unknown as { default: Asking };
  const again = [...asked.values()];
  asked.clear();
  for (const { elt, target, requestConfig } of again) {
    if (elt.isConnected) void htmx.ajax(requestConfig.verb, requestConfig.path, { source: elt, target }).catch(() => undefined);
  }
}

function lost({ detail }: CustomEvent<Lost>): void {
  away = true;
  noteForms();
  sayAway();
  asked.set(detail.target, detail);
  if (!pressed.size) notice(detail.target, "networkSearch"); // what is said of a form that was sent says more
  setTimeout(() => { void askAgain(); }, AGAIN);
}

function guarded(form: HTMLFormElement): boolean {
  return new URL(form.getAttribute("action") ?? "", location.href).pathname.startsWith("/report/") && "serviceWorker" in navigator && navigator.serviceWorker.controller !== null;
}

function hold(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (form.method !== "post") return;
  sent = [form, event.submitter];
  if (navigator.onLine || event.defaultPrevented || guarded(form)) return;
  event.preventDefault();
  wait(form, event.submitter);
}

// Whether the server answers: a phone that has found a network may have no line yet.
async function answers(): Promise<boolean> {
  return navigator.onLine && await fetch("/report/worker.js", { cache: "no-store" }).then(() => true, () => false);
}

// The form goes again with the button pressed last, as soon as the server answers: nobody has to press once more.
function wait(form: HTMLFormElement, button: HTMLElement | null): void {
  leaving = false;
  say(form, button);
  const first = !pressed.has(form);
  pressed.set(form, button);
  if (!first) return;
  const go = async (): Promise<void> => {
    const there = await answers();
    const last = pressed.get(form);
    if (last === undefined || !form.isConnected) return;
    if (there) {
      pressed.delete(form);
      form.requestSubmit(last);
    } else setTimeout(() => { void go(); }, AGAIN);
  };
  addEventListener("online", () => { void go(); }, { once: true });
  setTimeout(() => { void go(); }, AGAIN);
}

function say(form: HTMLFormElement, button: HTMLElement | null): void {
  const shown = document.querySelector("[data-network-said]");
  const said = notice(button?.closest(".actions") ?? button ?? form, button?.dataset.atOnce === undefined ? "networkForm" : "networkDanger");
  document.querySelectorAll("[data-network-said]").forEach((other) => { if (other !== said) other.remove(); });
  if (said !== shown) said.scrollIntoView({ block: "center" });
}

function unsent({ data }: MessageEvent<unknown>): void {
  if (data === "unsent" && sent) wait(...sent);
}

type Field = HTMLInputElement | HTMLTextAreaElement;
const TYPED = { words: "words", q: "address", name: "name", phone: "phone" } as const;

function reportForms(ordinary = false): [string, Field[]][] {
  const forms = [...document.querySelectorAll<HTMLFormElement>("form:has([name=d])")];
  const some = ordinary ? forms.filter((form) => (form.querySelector<HTMLInputElement>("[name=sofar]")?.value ?? "{}") !== "{}") : forms;
  return some.map((form) => [
    form.querySelector<HTMLInputElement>("[name=d]")?.value ?? "",
    Object.keys(TYPED).flatMap((name) => [...form.querySelectorAll<Field>(`[name=${name}]:not([type=hidden])`)]),
  ]);
}

function note(key: string, fields: Field[]): void {
  const typed = fields.filter((field) => field.value).map((field) => [TYPED[field.name as keyof typeof TYPED], field.value]);
  if (typed.length) noteTyped(key, Object.fromEntries(typed) as Record<string, string>, Date.now(), !away);
}

// With a line only of an ordinary report; its words as soon as the server has heard that they are (noteHeard).
function noteForms(): void {
  if (leaving) return;
  for (const [key, fields] of reportForms(!away)) note(key, away ? fields : fields.filter((field) => field.name !== "words"));
}

function noteHeard(event: Event): void {
  const heard = event.target as HTMLElement;
  if (away || leaving || heard.id !== "heard") return;
  if (!heard.querySelector("[data-ordinary]")) forgetTyped();
  else for (const [key, fields] of reportForms()) note(key, fields);
}

function forgetSent(event: SubmitEvent): void {
  if (!away && !event.defaultPrevented && (event.target as HTMLElement).matches("form:has([name=d])")) {
    leaving = true;
    forgetTyped();
  }
}

// The server has answered with this page: what this tab noted without a line is in it again, and nowhere else.
function takeOver(): void {
  if (document.querySelector("#offline-form")) return;
  for (const [key, fields] of reportForms()) {
    const typed = typedOf(key);
    for (const field of fields) field.value ||= typed[TYPED[field.name as keyof typeof TYPED]] ?? "";
  }
  forgetTaken();
}

// What is so only without a line, such as what becomes of words that may not be kept, is said before it happens.
function sayAway(): void {
  document.querySelectorAll<HTMLElement>("[data-away-only]").forEach((said) => { said.hidden = !away; });
}

export function lineGuard(): void {
  takeOver();
  sayAway();
  document.addEventListener("submit", hold);
  document.addEventListener("submit", forgetSent);
  document.addEventListener("input", noteForms);
  document.addEventListener("htmx:afterSwap", noteHeard);
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("offline", () => { away = true; noteForms(); sayAway(); });
  addEventListener("online", () => { away = false; sayAway(); });
  if ("serviceWorker" in navigator) navigator.serviceWorker.addEventListener("message", unsent);
  document.addEventListener("htmx:sendError", (event) => { lost(event as CustomEvent<Lost>); });
  document.addEventListener("htmx:beforeSwap", (event) => { there(event.target as Element); });
  addEventListener("online", () => { void askAgain(); });
}
