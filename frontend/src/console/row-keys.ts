// Lists by keyboard: j and k move, Enter opens, x ticks, n and p turn pages, / goes to the search box. A list is
// <table data-list> or <ul data-list> whose rows carry data-row and hold the link that opens them.
const TYPING = "input:not([type=checkbox]), select, textarea, [contenteditable]";

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-list] [data-row]")].filter((row) => row.offsetParent);
}

function current(): HTMLElement | undefined {
  return rows().find((row) => row.dataset.at !== undefined || row.contains(document.activeElement));
}

function link(row: HTMLElement | undefined): HTMLElement | null | undefined {
  return row?.querySelector<HTMLElement>("[data-open], a[href], button");
}

function step(by: number): void {
  const all = rows();
  const here = current();
  const from = here ? all.indexOf(here) : by > 0 ? -1 : all.length;
  const to = all[from + by];
  if (!to) return;
  for (const row of all) row.toggleAttribute("data-at", row === to);
  link(to)?.focus({ preventScroll: true });
  to.scrollIntoView({ block: "nearest" });
}

const KEYS: Record<string, () => void> = {
  j: () => { step(1); },
  k: () => { step(-1); },
  n: () => { document.querySelector<HTMLElement>("a[rel=next]")?.click(); },
  p: () => { document.querySelector<HTMLElement>("a[rel=prev]")?.click(); },
  x: () => { current()?.querySelector<HTMLElement>("input[type=checkbox]")?.click(); },
  "/": () => document.querySelector<HTMLElement>("input[type=search]")?.focus(),
};

export function listKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if ((event.target as Element).matches(TYPING)) return;
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  // The whole row is the target of a mouse; the link in it is what a keyboard and a screen reader use.
  document.addEventListener("click", (event) => {
    const at = event.target as Element;
    const row = at.closest<HTMLElement>("[data-list] [data-row]");
    if (!row || at.closest("a, button, input, label, select") || getSelection()?.toString()) return;
    link(row)?.click();
  });
}
