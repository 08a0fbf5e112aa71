// A report that is being written: its key, how long it lives, where a phone keeps it without a line.

/** Milliseconds for which what was written is kept, here as on the server. */
export const LIFE = 30 * 60 * 1000;

/** Name of the phone's own database of reports that were written without a line. */
export const QUEUE = "shige-report";

// A report's first page may have been opened without the key of its form: put it into the address, so that Back
// and a reload find what was typed.
export function draftAddress(): void {
  const key = document.querySelector<HTMLInputElement>("input[type=hidden][name=d]")?.value;
  const here = new URL(location.href);
  if (!key || here.searchParams.has("d")) return;
  here.searchParams.set("d", key);
  history.replaceState(history.state, "", here);
}
