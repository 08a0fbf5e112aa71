import { beforeEach, describe, expect, it, vi } from "vitest";
import { noMaps, opened } from "../../../tests/map";
import { made, newPage } from "../../../tests/page";

vi.mock("maplibre-gl", () => import("../../../tests/map"));
vi.mock("maplibre-gl/dist/maplibre-gl.css", () => ({}));

const CONFIG = { center: [104, 30], zoom: 14, tiles: { base: "/b/{z}" }, tile_url: "", spots: "/spots/", query: "state=open&within=1,2,3,4", matter: "/matters/{number}/", list: "/matters/", single: 16 };
const SPOTS = [{ count: 3, late: 1, soon: 1 }, { count: 1, number: "20261129-1", title: "路灯", tier: "社区", soon: 1 }, { count: 2, community: "c1" }];
let element: HTMLElement;
let asked: { address: string; stopped: AbortSignal }[];
let answer: () => Promise<unknown>;

beforeEach(async () => {
  vi.resetModules();
  noMaps();
  asked = [];
  newPage();
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  answer = () => Promise.resolve({ ok: true, json: () => Promise.resolve({ type: "FeatureCollection", features: SPOTS.map((properties) => ({ properties })) }) });
  vi.stubGlobal("fetch", (address: string, { signal }: { signal: AbortSignal }) => { asked.push({ address, stopped: signal }); return answer(); });
  element = made("div", { id: "matter-map", class: "map", "data-config": "cfg", ...Object.fromEntries(["open", "late", "soon", "hidden", "list", "failed", "secret"].map((name) => [`data-word-${name}`, name])) });
  document.body.append(made("script", { id: "cfg" }, JSON.stringify(CONFIG)), made("details", { class: "legend", "data-legend": true, open: true }), element, made("div", { id: "map-told" }));
  await import("./matter-map");
  opened().fire("style.load");
  await vi.waitFor(() => { expect(element.dataset.loaded).toBe("3"); });
});

const told = (): string[] => [...document.querySelector("#map-told")?.children ?? []].map((one) => one.textContent);

describe("the map of open matters", () => {
  it("asks for what is in sight, by the filter of the list but its place", () => {
    const query = new URLSearchParams(asked[0]?.address.split("?")[1]);
    expect(Object.fromEntries(query)).toEqual({ state: "open", bbox: "104.00000,30.00000,105.00000,31.00000", zoom: "15.00" });
  });

  it("says what it shows, sealed ones by their number alone, and leads to the list of it", () => {
    expect(told()).toEqual(["open: 4", "late: 1", "soon: 2", "hidden: 2", "list"]);
    expect(document.querySelector("#map-told a")?.getAttribute("href")).toContain("within=104.00000%2C30.00000%2C105.00000%2C31.00000");
  });

  it("asks anew once it has moved, and stops the question before", async () => {
    element.dataset.drawn = "";
    opened().fire("moveend");
    expect([element.dataset.loaded, asked[0]?.stopped.aborted, asked.length]).toEqual([undefined, true, 2]);
    await vi.waitFor(() => { expect(element.dataset.loaded).toBe("3"); });
    expect(element.dataset.drawn, "drawn again only when the map says so").toBeUndefined();
  });

  it("says that it failed, and says nothing of a question that was stopped", async () => {
    answer = () => Promise.resolve({ ok: false, status: 500 });
    opened().fire("moveend");
    await vi.waitFor(() => { expect(told()).toEqual(["failed"]); });
    document.querySelector("#map-told")?.replaceChildren();
    answer = () => Promise.reject(new DOMException("stopped", "AbortError"));
    opened().fire("moveend");
    await new Promise((next) => { setTimeout(next); });
    expect(told()).toEqual([]);
  });

  it("opens one that stands by itself, and comes nearer to a circle of many", () => {
    opened().fire("click", { features: [{ properties: SPOTS[1] }], lngLat: {} }, "spots");
    expect(told()[0]).toBe("20261129-1 路灯 · 社区");
    expect(document.querySelector("#map-told a")?.getAttribute("href")).toBe("/matters/20261129-1/");
    opened().fire("click", { features: [{ properties: SPOTS[0] }], lngLat: { lng: 1 } }, "spots");
    expect(opened().told.at(-1)).toEqual(["ease", { center: { lng: 1 }, zoom: 16.6 }]);
  });

  it("shows by the pointer what can be pressed, and folds its legend on a phone", () => {
    opened().fire("mouseenter", {}, "spots");
    expect(opened().canvas.style.cursor).toBe("pointer");
    opened().fire("mouseleave", {}, "spots");
    expect(opened().canvas.style.cursor).toBe("");
    expect(document.querySelector("details")?.open).toBe(false);
  });
});
