import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakeEvent } from "../../tests/event";
import { made, newPage, type FakeDocument, type FakeElement } from "../../tests/page";
import { QUEUE } from "../page/draft";
import { noteTyped, typedOf } from "../page/typed-notes";
import { quickExit } from "./quick-exit";

let page: FakeDocument;
let link: FakeElement;
let left: string[];
let gone: string[];
let reloaded: number;

function opened({ online = true, guarded = false } = {}): void {
  [left, gone, reloaded] = [[], [], 0];
  page = newPage({
    indexedDB: { deleteDatabase: (name: string) => gone.push(name) },
    localStorage: { removeItem: (name: string) => gone.push(name) },
    location: { replace: (address: string) => left.push(address), reload: () => { reloaded += 1; } },
    history: { replaceState: (_state: unknown, _title: string, address: string) => left.push(`stays, named ${address}`) },
  });
  vi.stubGlobal("window", page);
  vi.stubGlobal("navigator", { language: "zh-CN", onLine: online, serviceWorker: { controller: guarded ? {} : null } });
  link = made("a", { "data-quick-exit": true, href: "/leave/" });
  page.body.append(made("h1", {}, "他打我"), link);
  page.title = "反映问题";
  quickExit();
}

beforeEach(() => { opened(); });

describe("the quick exit", () => {
  it("takes the place of the page in the history and hides it at once", () => {
    link.click();
    expect(left).toEqual(["/leave/"]);
    expect(page.documentElement.hidden).toBe(true);
    expect(page.title).toBe("");
  });

  it("removes what waits on the phone and what this tab noted", () => {
    noteTyped("k", { words: "他打我" });
    link.click();
    expect(gone).toEqual([QUEUE, "waiting"]);
    expect(typedOf("k")).toEqual({});
  });

  it("is taken by Escape pressed twice, not once and not slowly", () => {
    const press = (key: string, timeStamp: number): void => { page.dispatchEvent(new FakeEvent("keydown", { key, timeStamp })); };
    press("Escape", 10_000);
    press("Escape", 12_000);
    press("a", 12_100);
    expect(left).toEqual([]);
    press("Escape", 12_600);
    expect(left).toEqual(["/leave/"]);
  });

  it("empties the page itself without a line", () => {
    opened({ online: false });
    link.click();
    expect(left).toEqual(["stays, named /leave/"]);
    expect(page.body.textContent).toBe("No internet connection");
    expect(page.title).toBe("No internet connection");
  });

  it("leaves it to the worker where one is in charge", () => {
    opened({ online: false, guarded: true });
    link.click();
    expect(left).toEqual(["/leave/"]);
  });

  it("asks the server anew when somebody comes back", () => {
    page.dispatchEvent(new FakeEvent("pageshow", { persisted: false }));
    expect(reloaded).toBe(0);
    page.dispatchEvent(new FakeEvent("pageshow", { persisted: true }));
    expect(reloaded).toBe(1);
  });
});

it("does nothing on a page without the link", () => {
  opened();
  page.body.replaceChildren();
  quickExit();
  page.dispatchEvent(new FakeEvent("keydown", { key: "Escape", timeStamp: 1 }));
  expect(left).toEqual([]);
});
