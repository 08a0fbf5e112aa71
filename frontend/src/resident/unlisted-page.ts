// A sealed page behind its code: a harmless address takes its place in the history, so that neither Back nor a
// reload sends the form again that has led to it. Its own address opens nothing a second time.
export function unlistPage(): void {
  const address = document.querySelector<HTMLElement>("[data-unlisted]")?.dataset.unlisted;
  if (address) history.replaceState(null, "", address);
}
