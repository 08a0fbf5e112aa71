import { expect, it } from "vitest";
import { layersOf } from "./line-layers";

it("colours what is overseen, and hatches gaps", () => {
  const layers = layersOf("micro", { covered: ["a"], stood_in: ["b"], gap: ["c"] });
  const filter = (id: string): unknown => layers.find((layer) => layer.id === id && "filter" in layer && layer.filter);
  expect(layers.map(({ id }) => id)).toEqual(["micro-covered", "micro-stood-in", "micro-gap", "micro-edge", "micro-name"]);
  expect(JSON.stringify(filter("micro-gap"))).toContain('["literal",["c"]]');
  expect(JSON.stringify(filter("micro-gap"))).toContain('"fill-pattern":"gap"');
  expect(JSON.stringify(filter("micro-covered"))).toContain("#c8102e");
  expect(JSON.stringify(filter("micro-edge"))).toContain('["literal",["a","b","c"]]');
});
