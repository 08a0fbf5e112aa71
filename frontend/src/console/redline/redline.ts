// The figure of one red line: <div data-redline="id"> and a JSON script of that id (see Organisation).
// Folds at the communities when it is large; works by mouse and, as a tree, by keyboard.
import "./redline.css";
import { branch, COLUMN, element, organisation, ROW } from "./drawing";
import { communities, place, size, type Organisation, type Placed } from "./tree";

const OPEN_AT_MOST = 40;

class Figure {
  private readonly folded = new Set<string>();
  private nodes: Placed[] = [];
  private at: string;

  constructor(private readonly box: HTMLElement, private readonly root: Organisation) {
    this.at = root.id;
    if (size(root) > OPEN_AT_MOST) for (const one of communities(root)) this.folded.add(one.id);
    const first = communities(root)[0];
    if (first) this.folded.delete(first.id);
    this.draw(false);
    box.addEventListener("click", (event) => {
      const id = (event.target as Element).closest<SVGElement>("[data-id]")?.dataset.id;
      if (id !== undefined) this.press(id);
    });
    box.addEventListener("keydown", (event) => { this.key(event); });
  }

  private draw(focus: boolean): void {
    const { nodes, rows, depth } = place(this.root, this.folded);
    this.nodes = nodes;
    const [width, height] = [(depth + 1) * COLUMN + 16, rows * ROW + 12];
    const svg = element("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "tree", "aria-label": this.box.getAttribute("aria-label") ?? "" });
    for (const placed of nodes) svg.append(branch(placed) ?? "");
    for (const placed of nodes) {
      const group = organisation(placed, this.folded.has(placed.node.id));
      if (placed.node.id === this.at) group.setAttribute("tabindex", "0");
      svg.append(group);
    }
    this.box.replaceChildren(svg);
    if (focus) this.box.querySelector<SVGElement>("[tabindex='0']")?.focus();
  }

  private find(id: string): Placed | undefined {
    return this.nodes.find((placed) => placed.node.id === id);
  }

  private press(id: string): void {
    const node = this.find(id)?.node;
    if (!node) return;
    this.at = id;
    if (node.children.length === 0) {
      if (node.url) location.assign(node.url);
      return;
    }
    this.fold(id, !this.folded.has(id));
  }

  private fold(id: string, shut: boolean): void {
    if (shut) this.folded.add(id);
    else this.folded.delete(id);
    this.draw(true);
  }

  private go(placed: Placed | undefined): void {
    if (!placed) return;
    this.box.querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1");
    this.at = placed.node.id;
    const group = this.box.querySelector<SVGElement>(`[data-id="${CSS.escape(this.at)}"]`);
    group?.setAttribute("tabindex", "0");
    group?.focus();
  }

  private key(event: KeyboardEvent): void {
    const here = this.find(this.at);
    if (!here) return;
    const index = this.nodes.indexOf(here);
    const shut = this.folded.has(this.at);
    const acts: Record<string, () => void> = {
      ArrowDown: () => { this.go(this.nodes[index + 1]); },
      ArrowUp: () => { this.go(this.nodes[index - 1]); },
      ArrowRight: () => { if (shut) this.fold(this.at, false); else this.go(this.nodes.find((placed) => placed.parent === here)); },
      ArrowLeft: () => { if (!shut && here.node.children.length) this.fold(this.at, true); else this.go(here.parent); },
      Enter: () => { this.press(this.at); },
      " ": () => { this.press(this.at); },
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
}

for (const box of document.querySelectorAll<HTMLElement>("[data-redline]")) {
  const source = document.getElementById(box.dataset.redline ?? "");
  if (source) new Figure(box, JSON.parse(source.textContent) as Organisation);
}
