// A sealed page behind its code: a harmless address takes its place in the history, so that neither Back nor a
// reload leads whoever has the phone next to it. Where the code was just given it must be noted first: it is the only
// key to the page. Forms on such a page name their own address.
export function unlistPage(): void {
  const address = document.querySelector<HTMLElement>("[data-unlisted]")?.dataset.unlisted;
  if (!address) return;
  const first = document.querySelector<HTMLElement>("[data-note-first]");
  if (!first) {
    history.replaceState(null, "", address);
    return;
  }
  first.hidden = false;
  first.querySelector("button")?.addEventListener("click", () => {
    history.replaceState(null, "", address);
    first.hidden = true;
  });
}
