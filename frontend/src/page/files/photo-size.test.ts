import { afterEach, describe, expect, it, vi } from "vitest";
import { shrunk } from "./photo-size";

const LARGE = new File(["x".repeat(800 * 1024)], "a.jpg", { type: "image/jpeg", lastModified: 5 });

afterEach(() => { vi.unstubAllGlobals(); });

function browser(size: number, pen: object | null = { fillRect: vi.fn(), drawImage: vi.fn() }): void {
  vi.stubGlobal("createImageBitmap", () => Promise.resolve({ width: 4000, height: 3000, close: vi.fn() }));
  vi.stubGlobal("document", { createElement: () => ({
    getContext: () => pen,
    toBlob: (done: (blob: Blob) => void) => { done(new Blob(["y".repeat(size)], { type: "image/jpeg" })); },
  }) });
}

describe("a large photo", () => {
  it("is drawn smaller under its own name and time", async () => {
    browser(1000);
    const small = await shrunk(LARGE);
    expect([small.size, small.name, small.type, small.lastModified]).toEqual([1000, "a.jpg", "image/jpeg", 5]);
  });

  it("stays as it is where that would make it larger, or the browser cannot", async () => {
    browser(900 * 1024);
    expect(await shrunk(LARGE)).toBe(LARGE);
    browser(1000, null);
    expect(await shrunk(LARGE)).toBe(LARGE);
    vi.stubGlobal("createImageBitmap", () => Promise.reject(new Error("HEIC")));
    expect(await shrunk(LARGE)).toBe(LARGE);
  });

  it("is left alone when it is small enough", async () => {
    const small = new File(["x"], "b.jpg");
    expect(await shrunk(small)).toBe(small);
  });
});
