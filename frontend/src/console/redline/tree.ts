// Where each organisation of the red line stands: a column for each level, a row for each leaf that is shown.
export interface Organisation {
  id: string;
  name: string;
  /** Who oversees here, such as 居民党员. */
  kind: string;
  level: "street" | "community" | "general" | "micro" | "exclusive";
  /** Name of the grid that it is tied to; empty where it has none. */
  grid: string;
  /** Why the line is broken here; empty where it holds. */
  gap: string;
  url?: string;
  children: Organisation[];
}

export interface Placed {
  node: Organisation;
  parent: Placed | undefined;
  depth: number;
  row: number;
}

/** Organisations in the order in which they are read; a folded one hides what is below it. */
export function place(root: Organisation, folded: ReadonlySet<string>): { nodes: Placed[]; rows: number; depth: number } {
  const nodes: Placed[] = [];
  let rows = 0;
  let deepest = 0;
  const visit = (node: Organisation, parent: Placed | undefined, depth: number): void => {
    const placed: Placed = { node, parent, depth, row: rows };
    nodes.push(placed);
    deepest = Math.max(deepest, depth);
    const children = folded.has(node.id) ? [] : node.children;
    if (children.length === 0) rows += 1;
    for (const child of children) visit(child, placed, depth + 1);
  };
  visit(root, undefined, 0);
  return { nodes, rows, depth: deepest };
}

export function size(node: Organisation): number {
  return 1 + node.children.reduce((sum, child) => sum + size(child), 0);
}

export function gaps(node: Organisation): number {
  return (node.gap ? 1 : 0) + node.children.reduce((sum, child) => sum + gaps(child), 0);
}

export function communities(root: Organisation): Organisation[] {
  return root.level === "community" ? [root] : root.children.flatMap(communities);
}
