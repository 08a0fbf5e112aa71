// The drawing of one organisation and of the line that leads to it, as SVG.
import { gaps, type Organisation, type Placed } from "./tree";

const SVG = "http://www.w3.org/2000/svg";
export const ROW = 58;
export const COLUMN = 272;
const LEFT = 16;
const TOP = 20;
const GRID_MARK = 26;
const COLOUR: Record<Organisation["level"], string> = {
  street: "#1c2430", community: "#334155", general: "#1d4ed8", micro: "#3d8c82", exclusive: "#6d28d9",
};

export function element(tag: string, attributes: Record<string, string | number>, content = ""): SVGElement {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (content) made.textContent = content;
  return made;
}

export const x = (placed: Placed): number => LEFT + placed.depth * COLUMN;
export const y = (placed: Placed): number => TOP + placed.row * ROW;

// A Chinese character is about as wide as the type is high, a Latin letter about half of that.
function cut(text: string, most: number): string {
  let width = 0;
  for (let at = 0; at < text.length; at += 1) {
    width += text.charCodeAt(at) > 0x2e80 ? 1 : 0.55;
    if (width > most) return `${text.slice(0, at)}…`;
  }
  return text;
}

/** The red line from the organisation above, with a round corner like a line of the underground. */
export function branch(placed: Placed): SVGElement | null {
  const from = placed.parent;
  if (!from) return null;
  const trunk = x(from) + COLUMN - 44;
  const [x0, y0, x1, y1] = [x(from), y(from), x(placed), y(placed)];
  const path = y1 === y0
    ? `M${x0} ${y0}H${x1}`
    : `M${trunk} ${y0}V${y1 - 12}Q${trunk} ${y1} ${trunk + 12} ${y1}H${x1}`;
  return element("path", { d: path, class: placed.node.gap ? "red-line red-gap" : "red-line" });
}

function station(node: Organisation, foldable: boolean, folded: boolean): SVGElement[] {
  const circle = element("circle", { r: foldable ? 9 : 6, class: node.gap ? "stop stop-gap" : "stop" });
  if (!foldable) return [circle];
  const sign = folded ? "M-4 0h8M0 -4v8" : "M-4 0h8";
  return [circle, element("path", { d: sign, class: "stop-sign" })];
}

function words(node: Organisation, folded: boolean): SVGElement[] {
  const title = element("text", { x: 18, y: 5, class: "red-name" }, cut(node.name, 13));
  const below = element("text", { x: 18, y: GRID_MARK + 5, class: node.gap ? "red-grid red-why" : "red-grid" });
  const inside = folded ? node.children.reduce((sum, child) => sum + gaps(child), 0) : 0;
  below.textContent = cut(node.gap ? `▲ ${node.gap}` : node.grid || node.kind, inside ? 11 : 14);
  if (inside) below.append(element("tspan", { class: "red-why", dx: 8 }, `▲ ${inside}`));
  return [title, below];
}

// The line from the organisation to its grid: whole where it holds, dashed where a gap is.
function tie(node: Organisation): SVGElement[] {
  if (!node.grid && !node.gap) return [];
  return [
    element("path", { d: `M0 8V${GRID_MARK - 5}`, class: node.gap ? "red-line red-gap" : "red-line" }),
    element("rect", { x: -5, y: GRID_MARK - 5, width: 10, height: 10, rx: 1, fill: node.gap ? "#fff" : COLOUR[node.level], stroke: node.gap ? "#b45309" : COLOUR[node.level], "stroke-width": 2 }),
  ];
}

/** One organisation: its stop on the line, its name, and below it the grid that it oversees. */
export function organisation(placed: Placed, folded: boolean): SVGElement {
  const { node } = placed;
  const group = element("g", {
    transform: `translate(${x(placed)} ${y(placed)})`,
    role: "treeitem",
    class: "organisation",
    tabindex: -1,
    "data-id": node.id,
    "aria-level": placed.depth + 1,
  });
  if (node.children.length) group.setAttribute("aria-expanded", String(!folded));
  const hit = element("rect", { x: -12, y: -14, width: COLUMN - 24, height: ROW - 8, rx: 6, class: "hit" });
  group.append(hit, ...tie(node), ...station(node, node.children.length > 0, folded), ...words(node, folded), element("title", {}, [node.name, node.kind, node.grid, node.gap].filter(Boolean).join(" · ")));
  return group;
}
