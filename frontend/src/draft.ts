// A report's first page may have been opened without the key of its form: put it into the address, so that Back
// and a reload find what was typed.
export function draftAddress(): void {
  const key = document.querySelector<HTMLInputElement>("input[type=hidden][name=d]")?.value;
  const here = new URL(location.href);
  if (!key || here.searchParams.has("d")) return;
  here.searchParams.set("d", key);
  history.replaceState(history.state, "", here);
}
