import { describe, expect, it, vi } from "vitest";
import { made, newPage } from "../../tests/page";
import { cardLinks } from "./card-link";
import { emptyPage } from "./away-page";
import { unlistPage } from "./unlisted-page";

let written: [words: string, top: number][];
let gone: string[];

function opened(drawing = true): HTMLElement {
  [written, gone] = [[], []];
  newPage();
  vi.spyOn(location, "assign").mockImplementation((address) => { gone.push(String(address)); });
  vi.spyOn(history, "replaceState").mockImplementation((_state, _title, address) => { gone.push(String(address)); });
  vi.spyOn(HTMLImageElement.prototype, "decode").mockImplementation(function (this: HTMLImageElement) {
    return this.src.startsWith("data:image/svg+xml,") ? Promise.resolve() : Promise.reject(new Error("no picture"));
  });
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockImplementation(function (this: HTMLCanvasElement) {
    return { canvas: this, measureText: (words: string) => ({ width: words.length * 34 }), fillText: (words: string, _: number, top: number) => written.push([words, top]), fillRect: vi.fn(), drawImage: vi.fn() } as never;
  });
  vi.spyOn(HTMLCanvasElement.prototype, "toDataURL").mockImplementation(function (this: HTMLCanvasElement) { return `data:image/png;${this.height}`; });
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const source = made("div", {
    id: "card", "data-title": "查询码", "data-code": "ABCD-EFGH", "data-line": "请妥善保管，不要转发给不相干的人，凭此码可以查询办理进度、补充情况、评价结果", "data-warn": "",
    "data-alt": "卡片", "data-hint": "长按保存", "data-file": "code.png",
  }, ...(drawing ? [svg] : []));
  const link = made("a", { "data-card": "card", href: "/card/" });
  document.body.append(made("details", {}, source), link);
  cardLinks();
  return link;
}

describe("the card with a code", () => {
  it("is drawn here, shown and handed over", async () => {
    const saved: string[] = [];
    const link = opened();
    link.click();
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) { if (this.getAttribute("download") !== null) saved.push(this.href); });
    await vi.waitFor(() => { expect(document.querySelector("figure img")?.getAttribute("alt")).toBe("卡片"); });
    expect(document.querySelector("figcaption")?.textContent).toBe("长按保存");
    expect(document.querySelector("details")?.getAttribute("open")).toBe("");
    expect(written.map(([words]) => words)).toContain("ABCD-EFGH");
    expect(saved).toEqual([document.querySelector<HTMLImageElement>("figure img")?.src]);
  });

  it("breaks a long line before what would not fit, never before a comma", async () => {
    opened().click();
    await vi.waitFor(() => { expect(written.length).toBeGreaterThan(4); });
    const lines = written.map(([words]) => words);
    expect(lines.every((words) => words.length * 34 <= 720 - 96)).toBe(true);
    expect(lines.some((words) => /^[，。、]/.test(words))).toBe(false);
  });

  it("is the page to print where it cannot be drawn", async () => {
    opened(false).click();
    await vi.waitFor(() => { expect(gone).toEqual(["http://shige.test/card/"]); });
  });
});

it("gives a sealed page a harmless address, and only that", () => {
  opened();
  unlistPage();
  expect(gone).toEqual([]);
  document.body.append(made("main", { "data-unlisted": "/my/" }));
  unlistPage();
  expect(gone).toEqual(["/my/"]);
});

it("empties a page that somebody leaves without a line", () => {
  opened();
  document.documentElement.hidden = true;
  emptyPage();
  expect(document.querySelectorAll("a")).toHaveLength(0);
  expect([document.documentElement.hidden, document.title]).toEqual([false, document.body.textContent]);
});
