// A link to the card of a code becomes a button that saves it as a picture; the drawing is loaded when it is asked for.
export function cardLinks(): void {
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-card]");
    if (!link) return;
    event.preventDefault();
    void import("./card").then(
      (card) => card.saveCard(link),
      () => {
        location.assign(link.href);
      },
    );
  });
}
