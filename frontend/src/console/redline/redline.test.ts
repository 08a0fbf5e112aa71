import { beforeEach, describe, expect, it, vi } from "vitest";
import { made, newPage } from "../../../tests/page";
import type { Organisation } from "./tree";

let gone: string[];

function one(id: string, level: Organisation["level"], children: Organisation[] = []): Organisation {
  return { id, name: id, kind: "党支部", level, grid: "", gap: "", children, url: `/organisations/${id}/` };
}

async function open(root: Organisation): Promise<void> {
  vi.resetModules();
  gone = [];
  newPage();
  vi.spyOn(location, "assign").mockImplementation((address) => { gone.push(String(address)); });
  document.body.append(made("script", { id: "line" }, JSON.stringify(root)), made("div", { "data-redline": "line" }));
  await import("./redline");
}

const shown = (): (string | null)[] => [...document.querySelectorAll("[data-id]")].map((group) => group.getAttribute("data-id"));
const at = (): string | null | undefined => document.querySelector("[tabindex='0']")?.getAttribute("data-id");
function key(name: string): Event {
  const event = new KeyboardEvent("keydown", { cancelable: true, key: name, bubbles: true });
  (document.querySelector<HTMLElement>("[tabindex='0']") ?? made("i")).dispatchEvent(event);
  return event;
}
const press = (id: string): void => { document.querySelector(`[data-id=${id}]`)?.dispatchEvent(new MouseEvent("click", { bubbles: true })); };

beforeEach(() => open(one("s", "street", [one("c1", "community", [one("g1", "general"), one("g2", "general")]), one("c2", "community", [one("g3", "general")])])));

describe("the figure of the red line", () => {
  it("is whole when it is small, and folded at all communities but the first when it is large", async () => {
    expect(shown()).toEqual(["s", "c1", "g1", "g2", "c2", "g3"]);
    const many = Array.from({ length: 30 }, (_, number) => one(`x${number}`, "general"));
    await open(one("s", "street", [one("c1", "community", [one("g1", "general")]), one("c2", "community", many), one("c3", "community", [one("g9", "general")])]));
    expect(shown()).toHaveLength(36);
    await open(one("s", "street", [one("c1", "community", [one("g1", "general")]), one("c2", "community", [...many, ...many.map(({ id }) => one(`y${id}`, "general"))])]));
    expect(shown()).toEqual(["s", "c1", "g1", "c2"]);
  });

  it("folds and unfolds at a press, and leads from a leaf to its page", () => {
    press("c1");
    expect(shown()).toEqual(["s", "c1", "c2", "g3"]);
    press("c1");
    expect(shown()).toHaveLength(6);
    press("g3");
    expect(gone).toEqual(["/organisations/g3/"]);
  });

  it("is walked as a tree by keyboard", () => {
    for (const name of ["ArrowDown", "ArrowDown"]) key(name);
    expect(at()).toBe("g1");
    key("ArrowUp");
    expect(at()).toBe("c1");
    key("ArrowLeft");
    expect(shown()).toEqual(["s", "c1", "c2", "g3"]);
    key("ArrowLeft");
    expect(at(), "from a folded one to whoever leads it").toBe("s");
    key("ArrowDown");
    key("ArrowRight");
    expect(shown()).toHaveLength(6);
    key("ArrowRight");
    expect(at(), "from an open one to the first below").toBe("g1");
    key("Enter");
    expect(gone).toEqual(["/organisations/g1/"]);
    key("ArrowRight");
    expect(at(), "a leaf has nothing below").toBe("g1");
    expect(key("a").defaultPrevented).toBe(false);
    key("ArrowLeft");
    key(" ");
    expect(shown()).toEqual(["s", "c1", "c2", "g3"]);
  });
});
