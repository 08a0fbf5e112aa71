// The legend of a map, one press away; it lies open only where it leaves the map room.
export function openLegend(): void {
  const roomy = matchMedia("(min-width: 768px) and (min-height: 501px)").matches;
  for (const box of document.querySelectorAll<HTMLDetailsElement>("details[data-legend]")) box.open = roomy;
}
