// A form with files is sent at the first press: it says what it waits for and goes by itself once that has arrived.
// What cannot be taken is named when it was chosen and the form goes without it; a press that came before stays.
import type { Entry } from "./entry";

interface Words {
  limit: number;
  most: number;
  remove: string;
  tooLarge: string;
  notPhoto: string;
  empty: string;
  vast: string;
  tooMany: string;
  broken: string;
  arrived: string;
  preparing: string;
  waiting: string;
  without: string;
}

export function wordsOf(box: HTMLElement): Words {
  const given = box.dataset;
  const word = (name: string): string => given[name] ?? "";
  return {
    limit: Number(given.limit) * 1024 * 1024,
    most: Number(given.most),
    remove: word("remove"), tooLarge: word("tooLarge"), notPhoto: word("notPhoto"), empty: word("empty"), vast: word("vast"), tooMany: word("tooMany"),
    broken: word("broken"), arrived: word("arrived"), preparing: word("preparing"), waiting: word("waiting"),
    without: word("without"),
  };
}

export function holdBack(event: SubmitEvent, held: Entry[]): void {
  const form = event.target as HTMLFormElement;
  const box = form.querySelector<HTMLElement>("[data-photos]");
  if (!box) return;
  if (event.submitter?.dataset.atOnce !== undefined) {
    goAtOnce(form);
    return;
  }
  if (form.dataset.waiting !== undefined) {
    event.preventDefault();
    return;
  }
  const left = held.filter((entry) => !entry.id && !entry.wrong);
  if (left.length && form.dataset.ready === undefined) {
    event.preventDefault();
    void wait(form, box, left, event.submitter);
    return;
  }
  delete form.dataset.ready;
}

// Whoever is in danger does not wait for files: those that have not arrived stay behind.
function goAtOnce(form: HTMLFormElement): void {
  form.querySelectorAll<HTMLInputElement>("[data-photos] input[type=file]").forEach((input) => { input.value = ""; });
}

export function nameRefused(box: HTMLElement, held: Entry[]): void {
  const out = held.filter((entry) => entry.wrong).map((entry) => `${entry.name}: ${entry.wrong}`).join("; ");
  tell(box, out && `${wordsOf(box).without} ${out}`);
  box.querySelector("[data-files-said]")?.classList.toggle("notice-warn", out !== "");
}

async function wait(form: HTMLFormElement, box: HTMLElement, left: Entry[], button: HTMLElement | null): Promise<void> {
  form.dataset.waiting = "";
  const said = (): void => {
    const share = left.reduce((sum, entry) => sum + entry.share, 0) / left.length;
    const broken = left.some((entry) => entry.note === wordsOf(box).broken) ? ` ${wordsOf(box).broken}` : "";
    tell(box, `${wordsOf(box).waiting} ${Math.round(100 * share)}%${broken}`);
  };
  button?.setAttribute("aria-busy", "true");
  form.addEventListener("files:moved", said);
  said();
  await Promise.all(left.map((entry) => entry.done));
  form.removeEventListener("files:moved", said);
  button?.removeAttribute("aria-busy");
  delete form.dataset.waiting;
  const refused = left.filter((entry) => entry.wrong);
  nameRefused(box, refused);
  if (refused.length) {
    const line = box.querySelector<HTMLElement>("[data-files-said]");
    line?.scrollIntoView({ block: "center" });
    line?.focus({ preventScroll: true });
    return;
  }
  form.dataset.ready = "";
  // Not within the event that is running still: there a browser ignores it, and the press would be lost.
  setTimeout(() => { form.requestSubmit(button); });
}

function tell(box: HTMLElement, words: string): void {
  const line = box.querySelector<HTMLElement>("[data-files-said]");
  if (!line) return;
  line.hidden = !words;
  line.textContent = words;
}
