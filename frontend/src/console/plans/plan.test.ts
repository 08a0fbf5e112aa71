import { beforeEach, describe, expect, it, vi } from "vitest";
import { Map as FakeMap, noMaps, opened } from "../../../tests/map";
import { given, made, newPage } from "../../../tests/page";

vi.mock("maplibre-gl", () => import("../../../tests/map"));
vi.mock("maplibre-gl/dist/maplibre-gl.css", () => ({}));
vi.mock("../grids/signs", () => ({ addSigns: () => undefined, COLOURS: {} }));
const asked = vi.hoisted(() => ({ parts: [] as string[] }));
vi.mock("../../page/htmx", () => ({ default: { ajax: (_: string, path: string, into: string) => { asked.parts.push(`${path} ${into}`); return Promise.resolve(); } } }));

const CONFIG = { center: [104, 30], zoom: 14, tiles: { base: "/t/{z}" }, tile_url: "", sides: { before: "/before", after: "/after" }, moved: ["b1"], grid: "/grid/" };
let checked: string[];
let effect: object | null;

function form(attributes: Record<string, string | true>, ...nodes: HTMLElement[]): HTMLFormElement & { sent: number } {
  const one = Object.assign(made("form", attributes, ...nodes), { sent: 0, requestSubmit: () => { one.sent += 1; } });
  return one;
}

let line: HTMLFormElement & { sent: number };
let move: HTMLFormElement & { sent: number };

beforeEach(async () => {
  vi.resetModules();
  noMaps();
  [asked.parts, checked, effect] = [[], [], { grids: ["甲", "乙"], broken: [], mended: ["户数"] }];
  newPage();
  vi.stubGlobal("fetch", (address: string) => { checked.push(address); return effect ? Promise.resolve({ ok: true, json: () => Promise.resolve(effect) }) : Promise.reject(new Error("no line")); });
  line = form({ "data-line-form": true }, made("textarea", { name: "points" }, "104.1, 30.6\n104.2, 30.7\nnothing\n104, 99"));
  move = form({ "data-move-form": true, "data-word-next": "请按另一栋" },
    made("input", { name: "unit", value: "b7" }), made("input", { name: "wish", value: "" }), made("input", { name: "other", value: "" }), made("input", { type: "radio", name: "target", value: "g2" }),
    made("p", { "data-pair-said": true }), made("button", { type: "button", "data-pair": "together" }), made("div", { class: "move-said", "data-word-checking": "正在检查", "data-word-failed": "未能检查", "data-word-kept": "不违反规则", "data-word-broken": "违反", "data-word-mended": "消除" }));
  document.body.append(
    made("script", { id: "cfg" }, JSON.stringify(CONFIG)), made("script", { id: "plan-change" }, JSON.stringify({ building: "/building/", check: "/check/", lines: [[[104.1, 30.6]]] })),
    given(made("div", { class: "map", "data-plan-map": true, "data-config": "cfg" }), { clientWidth: 600 }), line, move,
    made("div", { "data-line-tools": true, hidden: true }, made("p", { "data-line-said": true, "data-word-none": "请按起点", "data-word-one": "一个点", "data-word-many": "点数" }), ...["undo", "discard", "finish"].map((name) => made("button", { "data-line": name }))),
    made("button", { "data-line": "draw" }), made("button", { "data-code": "g1", "data-box": "104,30,105,31" }), made("button", { "data-code": "g0", "data-gone": true, "data-box": "" }),
    made("fieldset", { "data-sides": true }, made("input", { type: "radio", value: "before" })), made("div", { id: "found-buildings" }, made("button", { "data-unit": "b9" })),
  );
  await import("./plan");
});

const press = (name: string): void => { document.querySelector<HTMLElement>(`[data-line=${name}]`)?.click(); };
const at = (lng: number, lat: number): void => { opened().fire("click", { point: {}, lngLat: { lng, lat } }); };
const points = (): string => line.querySelector("textarea")?.value ?? "";
const said = (): string => document.querySelector("[data-line-said]")?.textContent ?? "";

describe("a border that is drawn", () => {
  it("is shown as it was typed, without rows that are no place", () => {
    opened().fire("load");
    const drawn = opened().data.drawn as { features: { geometry: { type: string; coordinates: unknown } }[] };
    expect(drawn.features.map(({ geometry }) => geometry.type)).toEqual(["LineString", "Point", "Point"]);
    expect((opened().data.lines as { features: unknown[] }).features).toHaveLength(1);
  });

  it("takes presses as points, says how many, and undoes the last", () => {
    press("draw");
    expect(said()).toBe("请按起点");
    at(104.12345678, 30.6);
    expect([said(), document.querySelector<HTMLButtonElement>("[data-line=finish]")?.disabled]).toEqual(["一个点", true]);
    at(104.2, 30.7);
    expect([said(), points()]).toEqual(["点数 2", "104.123457, 30.6\n104.2, 30.7"]);
    press("undo");
    expect(points()).toBe("104.123457, 30.6");
    expect(asked.parts, "a press on the map chooses nothing meanwhile").toEqual([]);
  });

  it("is finished with two points, and not with one", () => {
    press("draw");
    at(104.1, 30.6);
    press("finish");
    expect(line.sent).toBe(0);
    at(104.2, 30.7);
    press("finish");
    expect(line.sent).toBe(1);
  });

  it("is drawn by keyboard: Enter in the middle, Backspace back, Escape away", () => {
    const key = (name: string): Event => { const event = new KeyboardEvent("keydown", { cancelable: true, key: name }); opened().canvas.dispatchEvent(event); return event; };
    key("Backspace");
    press("draw");
    key("Enter");
    expect(points()).toBe("104.1, 30.6");
    key("Backspace");
    expect(points()).toBe("");
    key("Enter");
    expect(key("x").defaultPrevented).toBe(false);
    key("Escape");
    expect([points(), document.querySelector<HTMLElement>("[data-line-tools]")?.hidden]).toEqual(["", true]);
    expect(opened().told.map(([name]) => name)).toContain("double on");
  });
});

describe("a building that is moved", () => {
  const under = (layer: string, properties: Record<string, unknown>): void => { opened().under = [{ layer, properties }]; };

  it("is chosen on the map or from the list", () => {
    under("building", { id: "b7" });
    at(104, 30);
    document.querySelector<HTMLElement>("[data-unit]")?.click();
    expect(asked.parts).toEqual(["/building/?unit=b7 #move", "/building/?unit=b9 #move"]);
    expect(opened().filters["plan-building"]).toEqual(["==", ["get", "id"], "b9"]);
  });

  it("goes where the ground of an offered grid is pressed, and what it would break is told", async () => {
    under("plan-micro", { code: "g2" });
    at(104, 30);
    expect(opened().filters["plan-target"]).toEqual(["==", ["get", "code"], "g2"]);
    const told = (): string => move.querySelector(".move-said")?.textContent ?? "";
    await vi.waitFor(() => { expect(told()).toBe("甲乙不违反规则消除户数"); });
    expect(checked[0]).toContain("unit=b7&part=&target=g2");
    effect = { grids: ["甲"], broken: ["超过 100 户"], mended: [] };
    move.querySelector("input[type=radio]")?.dispatchEvent(new Event("change", { bubbles: true }));
    expect(told()).toBe("正在检查");
    await vi.waitFor(() => { expect(told()).toBe("甲违反超过 100 户"); });
    expect(move.querySelector(".bad")).not.toBeNull();
    effect = null;
    move.querySelector("input[type=radio]")?.dispatchEvent(new Event("change", { bubbles: true }));
    await vi.waitFor(() => { expect(told()).toBe("未能检查"); });
  });

  it("makes a pair with the next one that is pressed, not with itself", () => {
    document.querySelector<HTMLElement>("[data-pair]")?.click();
    expect(move.querySelector("[data-pair-said]")?.textContent).toBe("请按另一栋");
    under("building", { id: "b7" });
    at(104, 30);
    expect(move.sent).toBe(0);
    document.querySelector<HTMLElement>("[data-pair]")?.click();
    under("building", { id: "b8" });
    at(104, 30);
    expect([move.sent, move.querySelector<HTMLInputElement>("[name=other]")?.value, move.querySelector<HTMLInputElement>("[name=wish]")?.value]).toEqual([1, "b8", "together"]);
  });
});

describe("a plan's map", () => {
  it("tells of the grid that is pressed or named, and not of one that is gone", () => {
    opened().under = [{ layer: "plan-micro", properties: { code: "g5" } }, { layer: "plan-micro", properties: { code: "g5" } }];
    at(104, 30);
    document.querySelector<HTMLElement>("[data-code=g1]")?.click();
    document.querySelector<HTMLElement>("[data-code=g0]")?.click();
    expect(asked.parts).toEqual(["/grid/?code=g5 #chosen-grid", "/grid/?code=g1 #chosen-grid"]);
    expect(opened().told.filter(([name]) => name === "fit")).toHaveLength(1);
    expect(opened().filters["plan-picked"]).toEqual(["==", ["get", "code"], "g0"]);
    opened().canvas.dispatchEvent(new KeyboardEvent("keydown", { cancelable: true, key: "Enter" }));
    expect(asked.parts).toHaveLength(3);
  });

  it("shows one side, and tells of no grid on the side before", () => {
    document.querySelector("[data-sides] input")?.dispatchEvent(new Event("change"));
    expect(opened().data.plan).toBe("/before");
    expect(opened().told).toContainEqual(["layout", "plan-moved", "visibility", "none"]);
    opened().under = [{ layer: "plan-micro", properties: { code: "g5" } }];
    at(104, 30);
    expect(asked.parts).toEqual([]);
  });

  it("marks what is under the pointer until it leaves", () => {
    opened().under = [{ layer: "plan-micro", properties: { code: "g5", name: "甲", households: 3, staff: 1 } }];
    opened().fire("mousemove", { point: { x: 1, y: 1 } });
    expect([opened().filters["plan-over"], document.querySelector<HTMLElement>(".map-tip")?.hidden]).toEqual([["==", ["get", "code"], "g5"], false]);
    opened().fire("mouseout");
    expect([opened().filters["plan-over"], document.querySelector<HTMLElement>(".map-tip")?.hidden]).toEqual([["==", ["get", "code"], ""], true]);
  });

  it("moves together with the one beside it, each move once", async () => {
    const { inStep } = await import("./plan-map");
    const [one, other] = ["a", "b"].map(() => new FakeMap({ container: made("div"), style: { layers: [], sources: {} } }));
    inStep(one as never, other as never);
    one?.fire("move");
    expect([one?.told.length, other?.told]).toEqual([0, [["jump", { center: { lng: 104.1, lat: 30.6 }, zoom: 15 }]]]);
  });
});
