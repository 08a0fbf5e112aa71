// The language is switched in the foot of a page: what is typed in its forms is carried over to the same page in the
// other language, and kept nowhere longer than that. A report's own forms are sent with the switch instead.
const NAME = "carried";
const FIELDS = "main textarea, main input:is([type=text], [type=tel], [type=search], [type=email], :not([type]))";

type Field = HTMLInputElement | HTMLTextAreaElement;
type Carried = [path: string, typed: string[]];

function fields(): Field[] {
  return [...document.querySelectorAll<Field>(FIELDS)];
}

export function carryWords(): void {
  const [path, typed] = JSON.parse(sessionStorage.getItem(NAME) ?? '["", []]') as Carried;
  forgetCarried();
  if (path === location.pathname) fields().forEach((field, at) => { field.value ||= typed[at] ?? ""; });
  document.querySelector("[data-languages]")?.addEventListener("submit", () => {
    const carried: Carried = [location.pathname, fields().map((field) => field.value)];
    if (carried[1].some(Boolean)) sessionStorage.setItem(NAME, JSON.stringify(carried));
  });
}

export function forgetCarried(): void {
  sessionStorage.removeItem(NAME);
}
