import { beforeEach, describe, expect, it, vi } from "vitest";
import { given, made, newPage } from "../../tests/page";
import { QUEUE } from "../page/draft";
import { noteTyped, typedOf } from "../page/typed-notes";
import { quickExit } from "./quick-exit";

const LEAVE = "http://shige.test/leave/";
let link: HTMLElement;
let left: string[];
let gone: string[];
let reloaded: number;

function opened({ online = true, guarded = false } = {}): void {
  [left, gone, reloaded] = [[], [], 0];
  newPage();
  vi.stubGlobal("indexedDB", { deleteDatabase: (name: string) => gone.push(name) });
  vi.stubGlobal("localStorage", { removeItem: (name: string) => gone.push(name) });
  vi.spyOn(location, "replace").mockImplementation((address) => { left.push(String(address)); });
  vi.spyOn(location, "reload").mockImplementation(() => { reloaded += 1; });
  vi.spyOn(history, "replaceState").mockImplementation((_state, _title, address) => { left.push(`stays, named ${String(address)}`); });
  vi.stubGlobal("navigator", { language: "zh-CN", onLine: online, serviceWorker: { controller: guarded ? {} : null } });
  link = made("a", { "data-quick-exit": true, href: "/leave/" });
  document.body.append(made("h1", {}, "他打我"), link);
  document.title = "反映问题";
  quickExit();
}

beforeEach(() => { opened(); });

describe("the quick exit", () => {
  it("takes the place of the page in the history and hides it at once", () => {
    link.click();
    expect(left).toEqual([LEAVE]);
    expect(document.documentElement.hidden).toBe(true);
    expect(document.title).toBe("");
  });

  it("removes what waits on the phone and what this tab noted", () => {
    noteTyped("k", { words: "他打我" });
    link.click();
    expect(gone).toEqual([QUEUE, "waiting"]);
    expect(typedOf("k")).toEqual({});
  });

  it("is taken by Escape pressed twice, not once and not slowly", () => {
    const press = (key: string, timeStamp: number): void => { document.dispatchEvent(given(new KeyboardEvent("keydown", { key }), { timeStamp })); };
    press("Escape", 10_000);
    press("Escape", 12_000);
    press("a", 12_100);
    expect(left).toEqual([]);
    press("Escape", 12_600);
    expect(left).toEqual([LEAVE]);
  });

  it("empties the page itself without a line", () => {
    opened({ online: false });
    link.click();
    expect(left).toEqual([`stays, named ${LEAVE}`]);
    expect(document.body.textContent).toBe("No internet connection");
    expect(document.title).toBe("No internet connection");
  });

  it("leaves it to the worker where one is in charge", () => {
    opened({ online: false, guarded: true });
    link.click();
    expect(left).toEqual([LEAVE]);
  });

  it("asks the server anew when somebody comes back", () => {
    window.dispatchEvent(given(new Event("pageshow"), { persisted: false }));
    expect(reloaded).toBe(0);
    window.dispatchEvent(given(new Event("pageshow"), { persisted: true }));
    expect(reloaded).toBe(1);
  });
});

it("does nothing on a page without the link", () => {
  opened();
  document.body.replaceChildren();
  quickExit();
  document.dispatchEvent(given(new KeyboardEvent("keydown", { key: "Escape" }), { timeStamp: 1 }));
  expect(left).toEqual([]);
});
