import { beforeEach, describe, expect, it, vi } from "vitest";
import { noMaps, opened } from "../../../tests/map";
import { given, made, newPage } from "../../../tests/page";

vi.mock("maplibre-gl", () => import("../../../tests/map"));
vi.mock("maplibre-gl/dist/maplibre-gl.css", () => ({}));
vi.mock("./signs", () => ({ addSigns: () => undefined, COLOURS: {} }));
const asked = vi.hoisted(() => ({ parts: [] as string[] }));
vi.mock("../../page/htmx", () => ({ default: { ajax: (_: string, path: string) => { asked.parts.push(path); return Promise.resolve(); } } }));

const CONFIG = { center: [104, 30], zoom: 14, tiles: { base: "/b/{z}", grids: "/g/{z}" }, tile_url: "", detail: "/grids/{code}/", keep: "on=2026-11-01", colour: "households" };

async function open(search = "", phone = false): Promise<void> {
  vi.resetModules();
  noMaps();
  asked.parts = [];
  newPage(`/grids/${search}`);
  vi.stubGlobal("matchMedia", () => ({ matches: !phone }));
  const rows = ["g1", "g2"].map((code, at) => made("li", { "data-row": true, "data-code": code, "data-box": at ? "" : "104,30,105,31" }, made("a", { href: "#" }, code)));
  document.body.append(
    made("script", { id: "map-config" }, JSON.stringify(CONFIG)), given(made("div", { id: "map", class: "map", "data-config": "map-config" }), { clientWidth: 800 }),
    made("div", { id: "map-detail" }), made("ul", { "data-list": true }, ...rows),
    made("details", { class: "legend", "data-legend": true }, made("input", { type: "checkbox", "data-layer": "micro", checked: true }), made("input", { type: "checkbox", "data-layer": "general" }), made("select", { "data-colour": true }, ...["households", "load"].map((value) => made("option", { value }))), ...[0, 1, 2, 3, 4].map(() => made("b", { "data-scale-step": true }))),
  );
  await import("./grid-map");
  opened().fire("style.load");
}

const under = (...codes: string[]): void => { opened().under = codes.map((code) => ({ layer: "micro-fill", properties: { code, name: code, households: 1, staff: 1 } })); };
const steps = (): string[] => [...document.querySelectorAll("[data-scale-step]")].map((one) => one.textContent);
const row = (at: number): HTMLElement => document.querySelectorAll<HTMLElement>("[data-row]")[at] ?? made("i");

beforeEach(() => open());

describe("the legend", () => {
  it("shows the steps of what fills the grids", () => {
    expect(steps()).toEqual(["< 30", "30–60", "60–80", "80–100", "≥ 100"]);
    const choice = document.querySelector("select") ?? made("select");
    choice.value = "load";
    choice.dispatchEvent(new Event("change"));
    expect(steps()[0]).toBe("< 1");
    expect(opened().told.some(([name, layer]) => name === "paint" && layer === "micro-fill")).toBe(true);
  });

  it("hides the layers of a kind, at once where the box is empty", () => {
    const hidden = (): unknown[] => opened().told.filter(([name, , , how]) => name === "layout" && how === "none").map(([, layer]) => layer);
    expect(hidden()).toContain("general-line");
    expect(hidden()).not.toContain("micro-line");
    const box = document.querySelector<HTMLInputElement>("[data-layer=micro]") ?? made("input");
    box.checked = false;
    box.dispatchEvent(new Event("change"));
    expect(hidden()).toEqual(expect.arrayContaining(["micro-line", "stacked-sign"]));
  });

  it("is folded on a phone", async () => {
    expect(document.querySelector("details")?.open).toBe(true);
    await open("", true);
    expect(document.querySelector("details")?.open).toBe(false);
  });
});

describe("a grid that is chosen", () => {
  it("on the map is marked there and in the list, told, and named in the address", () => {
    under("g1");
    opened().fire("click", { point: {} });
    expect(opened().filters["micro-picked"]).toEqual(["==", ["get", "code"], "g1"]);
    expect(row(0).getAttribute("aria-current")).toBe("true");
    expect([asked.parts, location.search]).toEqual([["/grids/g1/"], "?on=2026-11-01&grid=g1"]);
  });

  it("of several that lie on one another is the next at each press", () => {
    under("g2", "g1", "g2");
    for (const _press of ["first", "second", "third"]) opened().fire("click", { point: {}, _press });
    expect(asked.parts).toEqual(["/grids/g1/", "/grids/g2/", "/grids/g1/"]);
    expect([row(0).dataset.at, row(1).dataset.at]).toEqual(["", undefined]);
  });

  it("in the list brings the map there, once its detail has taken its room", async () => {
    row(0).querySelector("a")?.click();
    expect(opened().told.map(([name]) => name)).not.toContain("fit");
    await vi.waitFor(() => { expect(opened().told.map(([name]) => name)).toEqual(expect.arrayContaining(["resize", "fit"])); });
  });

  it("in another window is left to the browser", () => {
    const event = new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: true });
    row(0).querySelector("a")?.dispatchEvent(event);
    expect([event.defaultPrevented, asked.parts]).toEqual([false, []]);
  });

  it("by keyboard is the one in the middle; by the address the one that it names", async () => {
    under("g2");
    opened().canvas.dispatchEvent(new KeyboardEvent("keydown", { cancelable: true, key: "Enter" }));
    expect(asked.parts).toEqual(["/grids/g2/"]);
    await open("?grid=g1");
    expect(asked.parts).toEqual(["/grids/g1/"]);
  });
});

it("marks and tells what the pointer is over, on the map and in the list", () => {
  under("g2");
  opened().fire("mousemove", { point: { x: 1, y: 1 } });
  expect([opened().filters["micro-over"], document.querySelector<HTMLElement>(".map-tip")?.hidden, opened().canvas.style.cursor]).toEqual([["==", ["get", "code"], "g2"], false, "pointer"]);
  opened().under = [];
  opened().fire("mousemove", { point: { x: 1, y: 1 } });
  expect([document.querySelector<HTMLElement>(".map-tip")?.hidden, opened().canvas.style.cursor]).toEqual([true, ""]);
  row(0).dispatchEvent(new Event("pointerover", { bubbles: true }));
  expect(opened().filters["micro-over"]).toEqual(["==", ["get", "code"], "g1"]);
  opened().fire("mouseout");
  expect(opened().filters["micro-over"]).toEqual(["==", ["get", "code"], ""]);
});
