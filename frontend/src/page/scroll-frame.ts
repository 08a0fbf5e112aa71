// A table that is wider than the screen scrolls inside its frame: the frame is then reachable by keyboard.
const widths = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
    else target.removeAttribute("tabindex");
  }
});

function watch(root: ParentNode): void {
  for (const frame of root.querySelectorAll(".table-responsive")) widths.observe(frame);
}

export function scrollFrames(): void {
  watch(document);
  document.addEventListener("htmx:load", (event) => { watch(event.target as Element); });
}
