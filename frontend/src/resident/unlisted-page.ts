// A sealed page behind its code: a harmless address takes its place in the history, so that neither Back nor a
// reload leads whoever has the phone next to it. Forms on such a page name their own address.
export function unlistPage(): void {
  const address = document.querySelector<HTMLElement>("[data-unlisted]")?.dataset.unlisted;
  if (address) history.replaceState(null, "", address);
}
