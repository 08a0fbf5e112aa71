import { beforeEach, describe, expect, it, vi } from "vitest";
import { markers, noMaps, opened, worker } from "../../tests/map";
import { given, made, newPage } from "../../tests/page";

vi.mock("maplibre-gl", () => import("../../tests/map"));
vi.mock("maplibre-gl/dist/maplibre-gl.css", () => ({}));

const CONFIG = { center: [104.1, 30.6], zoom: 15, tiles: { base: "/t/{z}/{x}/{y}", minzoom: 10, maxzoom: 16 }, tile_url: "" };
let asked: string[];

beforeEach(() => {
  vi.resetModules();
  noMaps();
  asked = [];
  newPage();
  vi.stubGlobal("fetch", (address: string) => { asked.push(address); return Promise.resolve({ ok: true, text: () => Promise.resolve("附近：<b>康乐小区</b>") }); });
});

function config(more: object = {}): HTMLScriptElement {
  const script = made("script", { id: "pin-config" }, JSON.stringify({ ...CONFIG, ...more }));
  document.body.append(script);
  return script;
}

function map(attributes: Record<string, string | true> = {}): HTMLElement {
  return given(made("div", { class: "map", "data-config": "pin-config", "data-word-none": "画不出地图", "data-word-zoom-in": "放大", ...attributes }), { clientWidth: 300, clientHeight: 300 });
}

describe("a map of our ground", () => {
  it("asks a worker and tiles of its own address, and an outside base map only where one is set", async () => {
    const { groundStyle } = await import("./ground");
    expect(worker()).toBe("/map-worker.js");
    const style = groundStyle(CONFIG as never, [{ id: "between", type: "fill", source: "x" }]);
    expect(style.sources.base).toMatchObject({ tiles: ["http://shige.test/t/{z}/{x}/{y}"], minzoom: 10, maxzoom: 16 });
    expect(Object.keys(style.sources)).toEqual(["base"]);
    const ids = style.layers.map(({ id }) => id);
    expect(ids.indexOf("land")).toBeLessThan(ids.indexOf("between"));
    expect(ids.indexOf("between")).toBeLessThan(ids.indexOf("building"));
    expect(Object.keys(groundStyle({ ...CONFIG, tile_url: "https://tiles.test/{z}" } as never, []).sources)).toEqual(["base", "outside"]);
  });

  it("says by a mark that all is drawn and nothing moves", async () => {
    const { groundStyle, openMap } = await import("./ground");
    const element = map();
    openMap(element, CONFIG as never, groundStyle(CONFIG as never, []));
    expect(element.dataset.drawn).toBeUndefined();
    opened().fire("idle");
    expect(element.dataset.drawn).toBe("");
    opened().fire("movestart");
    expect(element.dataset.drawn).toBeUndefined();
  });

  it("says in words where the browser cannot draw", async () => {
    const { groundStyle, openMap } = await import("./ground");
    const element = map({ "data-refuse": true });
    expect(openMap(element, CONFIG as never, groundStyle(CONFIG as never, []))).toBeNull();
    expect([element.textContent, element.classList.contains("map-none")]).toEqual(["画不出地图", true]);
  });
});

describe("a place that is set", () => {
  let field: (name: string) => string;
  let folded: HTMLElement;
  let element: HTMLElement;
  let changes: number;
  let position: { found: (at: { coords: { longitude: number; latitude: number } }) => void; lost: () => void };

  async function begin({ lon = "", lat = "", located = true } = {}): Promise<void> {
    changes = 0;
    config();
    vi.stubGlobal("navigator", located ? { geolocation: { getCurrentPosition: (found: typeof position.found, lost: () => void) => { position = { found, lost }; } } } : {});
    element = map();
    const way = (): HTMLElement => made("div", { class: "pin-go", hidden: true }, made("p", { class: "pin-said" }), made("button", { hidden: true }));
    folded = made("details", { "data-pin-map": true }, made("div", { class: "pin-frame" }, element), way());
    const fields = Object.entries({ lon, lat, datum: "" }).map(([name, value]) => made("input", { "data-pin": name, value }));
    const box = made("div", { "data-pin-box": true, "data-near": "/near/", "data-word-set": "已选定", "data-word-seeking": "正在定位", "data-word-lost": "无法定位" }, made("button", { "data-pin-here": true, hidden: true }), way(), ...fields);
    box.addEventListener("change", () => { changes += 1; });
    document.body.append(made("div", { "data-pin-page": true }, box, folded));
    field = (name) => document.querySelector<HTMLInputElement>(`input[data-pin=${name}]`)?.value ?? "";
    await import("./pin");
  }

  const said = (): string => document.querySelector(".pin-said")?.innerHTML ?? "";
  const here = (): HTMLButtonElement => document.querySelector("[data-pin-here]") ?? made("button");
  async function unfold(): Promise<void> {
    folded.dispatchEvent(new Event("toggle"));
    await vi.waitFor(() => { expect(markers()).toHaveLength(1); });
  }

  it("loads its map and tiles when it is unfolded, not before", async () => {
    await begin();
    expect(asked).toEqual([]);
    await unfold();
    expect(asked[0]).toBe("/map-worker.js");
    expect(asked.some((address) => address.startsWith("/t/15/"))).toBe(true);
  });

  it("is pressed, dragged, or set in the middle by keyboard", async () => {
    await begin();
    await unfold();
    opened().fire("click", { lngLat: { lng: 104.12345678, lat: 30.65 } });
    expect([field("lon"), field("lat"), field("datum"), changes]).toEqual(["104.123457", "30.650000", "wgs84", 1]);
    expect(markers()[0]?.at).toEqual([104.12345678, 30.65]);
    markers()[0]?.listeners.dragend?.();
    expect(field("lon")).toBe("104.200000");
    opened().canvas.dispatchEvent(new KeyboardEvent("keydown", { cancelable: true, key: "a" }));
    expect(changes).toBe(2);
    opened().canvas.dispatchEvent(new KeyboardEvent("keydown", { cancelable: true, key: "Enter" }));
    expect(field("lon")).toBe("104.100000");
    await vi.waitFor(() => { expect(said()).toContain("附近"); });
    expect(document.querySelector<HTMLButtonElement>(".pin-go button")?.hidden).toBe(false);
  });

  it("is one's own position, which the map then shows", async () => {
    await begin();
    await unfold();
    expect(here().hidden).toBe(false);
    here().click();
    expect([here().disabled, said()]).toEqual([true, "正在定位"]);
    position.found({ coords: { longitude: 104.3, latitude: 30.8 } });
    expect([field("lon"), here().disabled]).toEqual(["104.300000", false]);
    expect(opened().told.some(([name]) => name === "fly")).toBe(true);
  });

  it("says once that a position could not be found, where it was asked for", async () => {
    await begin();
    here().click();
    position.lost();
    expect([said(), document.querySelector(".pin-said")?.classList.contains("bad")]).toEqual(["无法定位", true]);
    expect([...document.querySelectorAll<HTMLElement>(".pin-go")].map((way) => [way.textContent, way.hidden])).toEqual([["无法定位", false], ["", true]]);
  });

  it("offers no position where the browser knows none, and shows what was set before", async () => {
    await begin({ lon: "104.1", lat: "30.6", located: false });
    expect(here().hidden).toBe(true);
    expect(asked).toEqual(["/near/"]);
    await unfold();
    expect(markers()[0]?.at).toEqual([104.1, 30.6]);
  });
});

describe("a place that is shown", () => {
  it("has its pin and its signs, drawn once for each map, those of a list that is narrowed as well", async () => {
    config({ point: [104.1, 30.6], points: [{ at: [104.2, 30.6], title: "消防栓", url: "/things/1/" }, { at: [104.3, 30.6], title: "AED" }] });
    document.body.append(map({ "data-place-map": true }));
    await import("./place");
    expect(markers().map(({ at }) => at)).toEqual([[104.1, 30.6], [104.2, 30.6], [104.3, 30.6]]);
    expect(markers().map(({ given: { element } }) => [element.tagName, element.getAttribute("href"), element.getAttribute("aria-label")]).slice(1)).toEqual([
      ["A", "/things/1/", "消防栓"], ["SPAN", null, "AED"],
    ]);
    document.body.dispatchEvent(new Event("htmx:afterSettle"));
    expect(markers()).toHaveLength(3);
    document.body.append(map({ "data-place-map": true }));
    document.body.dispatchEvent(new Event("htmx:afterSettle"));
    expect(markers()).toHaveLength(6);
  });
});
