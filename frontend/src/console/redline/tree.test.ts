import { beforeEach, describe, expect, it } from "vitest";
import { newPage } from "../../../tests/page";
import { branch, organisation } from "./drawing";
import { communities, gaps, place, size, type Organisation, type Placed } from "./tree";

function one(id: string, level: Organisation["level"], children: Organisation[] = [], more: Partial<Organisation> = {}): Organisation {
  return { id, name: `${id}党支部`, kind: "党支部", level, grid: "", gap: "", children, ...more };
}

const TREE = one("s", "street", [
  one("c1", "community", [one("g1", "general", [one("m1", "micro"), one("m2", "micro", [], { gap: "没有党小组" })]), one("g2", "general")]),
  one("c2", "community", [], { gap: "书记空缺" }),
]);

describe("the line as a tree", () => {
  it("has a row for each leaf, and whoever leads stands at the first of theirs", () => {
    const { nodes, rows, depth } = place(TREE, new Set());
    expect(nodes.map(({ node, row, depth: column }) => [node.id, row, column])).toEqual([
      ["s", 0, 0], ["c1", 0, 1], ["g1", 0, 2], ["m1", 0, 3], ["m2", 1, 3], ["g2", 2, 2], ["c2", 3, 1],
    ]);
    expect([rows, depth]).toEqual([4, 3]);
  });

  it("hides what is below a folded one", () => {
    const { nodes, rows } = place(TREE, new Set(["c1"]));
    expect(nodes.map(({ node }) => node.id)).toEqual(["s", "c1", "c2"]);
    expect(rows).toBe(2);
  });

  it("is counted with its gaps", () => {
    expect([size(TREE), gaps(TREE)]).toEqual([7, 2]);
    expect(communities(TREE).map(({ id }) => id)).toEqual(["c1", "c2"]);
  });
});

describe("the drawing of an organisation", () => {
  beforeEach(() => { newPage(); });
  const at = (id: string, folded = new Set<string>()): Placed => {
    const found = place(TREE, folded).nodes.find(({ node }) => node.id === id);
    if (!found) throw new Error(id);
    return found;
  };
  const drawn = (id: string, folded = false): SVGElement => organisation(at(id), folded);

  it("says whether it can be unfolded, and how many gaps a folded one hides", () => {
    expect(drawn("c1").getAttribute("aria-expanded")).toBe("true");
    expect(drawn("c1", true).getAttribute("aria-expanded")).toBe("false");
    expect(drawn("c1", true).querySelector("tspan")?.textContent).toBe("▲ 1");
    expect(drawn("c1").querySelector("tspan")).toBeNull();
    expect(drawn("c2").getAttribute("aria-expanded")).toBeNull();
  });

  it("shows a gap with its reason and a broken line", () => {
    expect(drawn("c2").querySelector(".red-why")?.textContent).toBe("▲ 书记空缺");
    expect(branch(at("c2"))?.getAttribute("class")).toContain("red-gap");
    expect(branch(at("g1"))?.getAttribute("class")).toBe("red-line");
  });

  it("is straight beside whoever leads, with a corner below, and none above the first", () => {
    const path = (id: string): string | null | undefined => branch(at(id))?.getAttribute("d");
    expect(path("c1")).not.toContain("Q");
    expect(path("c2")).toContain("Q");
    expect(branch(at("s"))).toBeNull();
  });

  it("cuts a long name, Latin letters counting half", () => {
    const name = (given: string): string | undefined => {
      const { nodes } = place(one("x", "general", [], { name: given, grid: "锦水街1号一般网格" }), new Set());
      const [placed] = nodes;
      return placed && (organisation(placed, false)).querySelector(".red-name")?.textContent;
    };
    expect(name("一二三四五六七八九十一二三四")).toBe("一二三四五六七八九十一二三…");
    expect(name("abcdefghijklmnop")).toBe("abcdefghijklmnop");
  });
});
