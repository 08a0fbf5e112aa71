import { describe, expect, it, vi } from "vitest";
import { made, newPage, type FakeDocument, type FakeElement } from "../../tests/page";
import { cardLinks } from "./card-link";
import { emptyPage } from "./away-page";
import { unlistPage } from "./unlisted-page";

let page: FakeDocument;
let written: [words: string, top: number][];
let gone: string[];

function opened(drawing = true): FakeElement {
  [written, gone] = [[], []];
  page = newPage({
    location: { assign: (address: string) => gone.push(address) },
    history: { replaceState: (_state: unknown, _title: string, address: string) => gone.push(address) },
    XMLSerializer: class { serializeToString(): string { return "<svg/>"; } },
    Image: class {
      src = "";
      decode(): Promise<void> { return this.src.startsWith("data:image/svg+xml,") ? Promise.resolve() : Promise.reject(new Error("no picture")); }
    },
  });
  const plain = page.createElement.bind(page);
  page.createElement = (tag: string): FakeElement => tag === "canvas" ? Object.assign(plain(tag), {
    width: 0, height: 0,
    getContext(this: FakeElement) {
      return { canvas: this, measureText: (words: string) => ({ width: words.length * 34 }), fillText: (words: string, _: number, top: number) => written.push([words, top]), fillRect: vi.fn(), drawImage: vi.fn() };
    },
    toDataURL(this: FakeElement & { height: number }) { return `data:image/png;${this.height}`; },
  }) : plain(tag);
  const svg = Object.assign(made("svg"), { cloneNode: () => made("svg") });
  const source = made("div", {
    id: "card", "data-title": "查询码", "data-code": "ABCD-EFGH", "data-line": "请妥善保管，不要转发给不相干的人，凭此码可以查询办理进度、补充情况、评价结果", "data-warn": "",
    "data-alt": "卡片", "data-hint": "长按保存", "data-file": "code.png",
  }, ...(drawing ? [svg] : []));
  const link = made("a", { "data-card": "card", href: "/card/" });
  page.body.append(made("details", {}, source), link);
  cardLinks();
  return link;
}

describe("the card with a code", () => {
  it("is drawn here, shown and handed over", async () => {
    const saved: string[] = [];
    const link = opened();
    page.addEventListener("click", ({ target }) => { if (target?.getAttribute("download") !== null) saved.push(target?.href ?? ""); });
    link.click();
    await vi.waitFor(() => { expect(page.querySelector("figure img")?.getAttribute("alt")).toBe("卡片"); });
    expect(page.querySelector("figcaption")?.textContent).toBe("长按保存");
    expect(page.querySelector("details")?.getAttribute("open")).toBe("");
    expect(written.map(([words]) => words)).toContain("ABCD-EFGH");
    expect(saved).toEqual([page.querySelector("figure img")?.src]);
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
    await vi.waitFor(() => { expect(gone).toEqual(["/card/"]); });
  });
});

it("gives a sealed page a harmless address, and only that", () => {
  opened();
  unlistPage();
  expect(gone).toEqual([]);
  page.body.append(made("main", { "data-unlisted": "/my/" }));
  unlistPage();
  expect(gone).toEqual(["/my/"]);
});

it("empties a page that somebody leaves without a line", () => {
  opened();
  page.documentElement.hidden = true;
  emptyPage();
  expect(page.querySelectorAll("a")).toEqual([]);
  expect([page.documentElement.hidden, page.title]).toEqual([false, page.body.textContent]);
});
