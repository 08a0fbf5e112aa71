// What is typed on a page and not sent with the form that is pressed, as one of several on it or the choice of a
// language, is carried over to the same page when it comes again, and kept nowhere longer than that. A report's own
// forms are sent with the choice of a language instead.
const NAME = "carried";
const FIELDS = "main textarea, main input:is([type=text], [type=tel], [type=search], [type=email], :not([type]))";

type Field = HTMLInputElement | HTMLTextAreaElement;
type Carried = [paths: string[], typed: Partial<Record<string, string>>];

function fields(): Field[] {
  return [...document.querySelectorAll<Field>(FIELDS)];
}

function nameOf(field: Field): string {
  return field.id || field.name;
}

// What the server has filled in itself comes from it again.
function left(field: Field, form: HTMLFormElement): boolean {
  return field.form !== form && (field instanceof HTMLTextAreaElement || field.value !== field.defaultValue);
}

function carry(form: HTMLFormElement): void {
  const languages = form.matches("[data-languages]");
  const some = fields().filter((field) => field.value && (languages || left(field, form)));
  if (!some.length) return;
  const typed = Object.fromEntries(some.map((field) => [nameOf(field), field.value]));
  const carried: Carried = [[location.pathname, new URL(form.getAttribute("action") ?? "", location.href).pathname], typed];
  sessionStorage.setItem(NAME, JSON.stringify(carried));
}

function takeUp(): void {
  const [paths, typed] = JSON.parse(sessionStorage.getItem(NAME) ?? "[[], {}]") as Carried;
  const asked = fields().filter((field) => nameOf(field) in typed);
  if (paths.includes(location.pathname) && !asked.length) return; // a page between: of danger, or asking to wait
  forgetCarried();
  if (!paths.includes(location.pathname)) return;
  for (const field of asked.filter((field) => !field.value)) {
    field.value = typed[nameOf(field)] ?? "";
    field.closest("details")?.setAttribute("open", "");
  }
}

export function carryWords(): void {
  takeUp();
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) carry(event.target as HTMLFormElement);
  });
}

export function forgetCarried(): void {
  sessionStorage.removeItem(NAME);
}
