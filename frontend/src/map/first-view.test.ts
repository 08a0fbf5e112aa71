import { describe, expect, it } from "vitest";
import { tilesOf } from "./first-view";

const SIZE = { clientWidth: 300, clientHeight: 300 };
const TILES = { base: "/t/{z}/{x}/{y}", minzoom: 10, maxzoom: 16 };

describe("the tiles that a map opens with", () => {
  it("are those around its middle", () => {
    expect(tilesOf(SIZE, { center: [0.0001, -0.0001], zoom: 12, tiles: TILES, tile_url: "" })).toEqual([
      "/t/12/2047/2047", "/t/12/2048/2047", "/t/12/2047/2048", "/t/12/2048/2048",
    ]);
  });

  it("are no farther in than there are tiles", () => {
    expect(tilesOf(SIZE, { center: [104.0668, 30.6574], zoom: 17, tiles: TILES, tile_url: "" })).toEqual(["/t/16/51712/26899", "/t/16/51712/26900"]);
  });

  it("are those of the bounds where bounds decide", () => {
    const bounds: [number, number, number, number] = [104.05, 30.64, 104.08, 30.67];
    const found = tilesOf(SIZE, { center: [0, 0], zoom: 3, bounds, tiles: TILES, tile_url: "" });
    expect(found).toEqual(["/t/12/3231/1681", "/t/12/3232/1681"]);
  });

  it("are none where the map opens farther out than tiles are drawn, or has no size", () => {
    expect(tilesOf(SIZE, { center: [104, 30], zoom: 8, tiles: TILES, tile_url: "" })).toEqual([]);
    expect(tilesOf({ clientWidth: 0, clientHeight: 0 }, { center: [104, 30], zoom: 12, tiles: TILES, tile_url: "" })).toEqual([]);
  });
});
