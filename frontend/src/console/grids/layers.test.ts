import { beforeEach, describe, expect, it, vi } from "vitest";
import { given, made, newPage } from "../../../tests/page";
import { above, borders } from "../plans/layers";
import { fillBy, fills, levelOf, levelsAt, linesAndLabels, SCALES, STEPS } from "./layers";
import { addSigns } from "./signs";
import { text, Tip } from "./tip";

vi.mock("../../map/ground", async () => ({ FONT: ["sans-serif"], word: (await import("../../page/word")).word }));

describe("what a pointer means", () => {
  it.each([[12, ["community"]], [13, ["general", "exclusive"]], [14.2, ["general", "exclusive"]], [14.25, ["micro", "exclusive"]]])("at zoom %d is %j", (zoom, levels) => {
    expect(levelsAt(zoom)).toEqual(levels);
  });

  it("is told by the 13th digit of a code", () => {
    expect(["990103001001000001", "990103001001100002", "990103001001200003", "990103001001300004", "990103001001900001"].map(levelOf)).toEqual([
      "community", "general", "micro", "exclusive", undefined,
    ]);
  });
});

describe("the layers", () => {
  it("fill by a property in five steps between four values, and by the load where a name is unknown", () => {
    expect(fillBy("households")).toEqual(["step", ["to-number", ["get", "households"]], STEPS[0], 30, STEPS[1], 60, STEPS[2], 80, STEPS[3], 100, STEPS[4]]);
    expect(fillBy("nothing")).toEqual(fillBy("load"));
    for (const { between } of Object.values(SCALES)) expect([...between].sort((a, b) => a - b)).toEqual(between);
  });

  it("have each a name of its own, on both maps", () => {
    const grids = [...fills("load"), ...linesAndLabels()].map(({ id }) => id);
    expect(new Set(grids).size).toBe(grids.length);
    const plan = [...above(["b1"]), ...borders("lines"), ...borders("drawn")].map(({ id }) => id);
    expect(new Set(plan).size).toBe(plan.length);
  });

  it("of a plan mark the buildings that move, and number a border once it is kept", () => {
    expect(JSON.stringify(above(["b1", "b2"]).find(({ id }) => id === "plan-moved"))).toContain('["literal",["b1","b2"]]');
    expect(borders("lines").map(({ id }) => id)).toContain("lines-name");
    expect(borders("drawn").map(({ id }) => id)).not.toContain("drawn-name");
  });
});

describe("what lies under the pointer", () => {
  let box: HTMLElement;
  const shown = (): HTMLElement | null => box.querySelector<HTMLElement>(":scope > *");
  let tip: Tip;

  beforeEach(() => {
    newPage();
    box = given(made("div", { "data-word-households": "户", "data-word-shops": "家商铺", "data-word-hours": "小时", "data-word-vacant": "空缺", "data-word-stacked": "楼层", "data-word-again": "再按一次" }), { clientWidth: 600 });
    tip = new Tip(box);
  });

  const lines = (grid: object, stack = 1, x = 10): string[] => {
    tip.show({ x, y: 5 } as never, grid as Record<string, unknown>, stack);
    return [...shown()?.children ?? []].map((one) => one.textContent);
  };

  it("is told with what is wrong, and without what is not there", () => {
    expect(lines({ name: "康乐小区1号", households: 80, staff: 1 })).toEqual(["康乐小区1号", "80 户"]);
    expect(lines({ name: "甲", households: 80, shops: 3, hours: 1.25, staff: 0, stacked: "1-6", broken: "不连片" }, 2)).toEqual([
      "甲", "80 户 · 3 家商铺 · 1.3 小时", "楼层 1-6", "再按一次", "空缺", "不连片",
    ]);
  });

  it("stands left of the pointer near the right edge, and goes with it", () => {
    lines({ name: "甲", households: 1, staff: 1 }, 1, 500);
    expect(shown()?.style.transform).toContain("translateX(-100%)");
    tip.hide();
    expect(shown()?.hidden).toBe(true);
  });

  it("reads words and numbers alone", () => {
    expect([text("甲"), text(3), text(null), text({})]).toEqual(["甲", "3", "", ""]);
  });
});

it("draws its signs, each in twice its size", () => {
  newPage();
  const pen = new Proxy({}, { get: (_, name) => name === "getImageData" ? (_x: number, _y: number, width: number) => ({ width }) : vi.fn(), set: () => true });
  const images = new Map<string, { width: number }>();
  const canvas = vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(pen as never);
  addSigns({ addImage: (name: string, image: { width: number }) => images.set(name, image) } as never);
  expect([...images].map(([name, { width }]) => [name, width])).toEqual([["hatch", 24], ["breach", 44], ["stairs", 40], ["badge", 52]]);
  canvas.mockReturnValue(null);
  expect(() => { addSigns({ addImage: vi.fn() } as never); }).toThrow("no canvas");
});
