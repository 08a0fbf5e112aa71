import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakeEvent } from "../../tests/event";
import { made, newPage, type FakeDocument, type FakeElement } from "../../tests/page";
import { menuButtons } from "./menu";
import { printButtons } from "./print-button";
import { listKeys } from "./row-keys";
import { sliders } from "./slider";
import { ticks } from "./ticked-rows";

let page: FakeDocument;

beforeEach(() => {
  page = newPage();
  vi.stubGlobal("getSelection", () => "");
});

describe("a list by keyboard", () => {
  let pressed: string[];
  let rows: FakeElement[];

  beforeEach(() => {
    pressed = [];
    const noted = (element: FakeElement, name: string): FakeElement => {
      element.addEventListener("click", () => pressed.push(name));
      return element;
    };
    rows = ["1", "2", "3"].map((name) => Object.assign(
      made("tr", { "data-row": true }, made("input", { type: "checkbox" }), noted(made("a", { href: "#", "data-open": true }), name), made("td")),
      { offsetParent: page.body },
    ));
    page.body.append(
      made("input", { type: "search" }), made("table", { "data-list": true }, ...rows),
      noted(made("a", { rel: "next" }), "next"), noted(made("a", { rel: "prev" }), "prev"),
    );
    noted(rows[1]?.querySelector("input") ?? made("i"), "tick 2");
    listKeys();
  });

  const key = (name: string, more: object = {}): FakeEvent => {
    const event = new FakeEvent("keydown", { key: name, bubbles: true, ...more });
    (page.activeElement ?? page.body).dispatchEvent(event);
    return event;
  };
  const at = (): number => rows.findIndex((row) => row.dataset.at !== undefined);

  it("moves by j and k and stops at both ends", () => {
    key("j");
    expect(at()).toBe(0);
    for (const name of ["j", "j", "j"]) key(name);
    expect(at()).toBe(2);
    for (const name of ["k", "k", "k"]) key(name);
    key("k");
    expect(at()).toBe(0);
    expect(page.activeElement).toBe(rows[0]?.querySelector("a"));
  });

  it("begins at the end with k", () => {
    key("k");
    expect(at()).toBe(2);
  });

  it("ticks, turns pages and goes to the search", () => {
    key("j");
    key("j");
    key("x");
    key("n");
    key("p");
    expect(pressed).toEqual(["tick 2", "next", "prev"]);
    expect(key("/").defaultPrevented).toBe(true);
    expect(page.activeElement?.type).toBe("search");
  });

  it("is silent while somebody types, and for the browser's own keys", () => {
    page.querySelector("input[type=search]")?.focus();
    expect(key("j").defaultPrevented).toBe(false);
    page.activeElement = null;
    expect(key("j", { ctrlKey: true }).defaultPrevented).toBe(false);
    expect(key("q").defaultPrevented).toBe(false);
    expect(at()).toBe(-1);
  });

  it("opens a row that is pressed anywhere but on what has a press of its own", () => {
    rows[2]?.querySelector("td")?.click();
    expect(pressed).toEqual(["3"]);
    rows[1]?.querySelector("input")?.click();
    expect(pressed).toEqual(["3", "tick 2"]);
    vi.stubGlobal("getSelection", () => "marked words");
    rows[0]?.querySelector("td")?.click();
    expect(pressed).toHaveLength(2);
  });
});

describe("ticked rows", () => {
  const all = (): FakeElement[] => page.querySelectorAll("[data-tick]");
  const change = (box: FakeElement, on: boolean): void => {
    box.checked = on;
    box.dispatchEvent(new FakeEvent("change", { bubbles: true }));
  };

  beforeEach(() => {
    page.body.append(
      made("input", { "data-tick-all": true }), made("input", { "data-tick": true }), made("input", { "data-tick": true }),
      made("form", { "data-ticked": true }, made("b", { "data-ticked-count": true }), made("button")),
    );
    ticks();
  });

  const told = (): unknown[] => {
    const every = page.querySelector("[data-tick-all]") as FakeElement & { indeterminate: boolean };
    return [page.querySelector("[data-ticked-count]")?.textContent, page.querySelector("button")?.disabled, every.checked, every.indeterminate];
  };

  it("are counted, and the button waits for the first", () => {
    expect(told()).toEqual(["", true, false, false]);
    change(all()[0] ?? made("i"), true);
    expect(told()).toEqual(["1", false, false, true]);
    change(all()[1] ?? made("i"), true);
    expect(told()).toEqual(["2", false, true, false]);
  });

  it("are ticked all at once", () => {
    const every = page.querySelector("[data-tick-all]") ?? made("i");
    change(every, true);
    expect(all().every((box) => box.checked)).toBe(true);
    change(every, false);
    expect(told()).toEqual(["", true, false, false]);
  });
});

it("folds and unfolds the rail", () => {
  const rail = made("nav", { id: "rail", "data-folded": true });
  const button = made("button", { "data-menu": "rail", "aria-expanded": "false" });
  page.body.append(rail, button);
  menuButtons();
  button.click();
  expect([rail.dataset.folded, button.getAttribute("aria-expanded")]).toEqual([undefined, "true"]);
  button.click();
  expect([rail.dataset.folded, button.getAttribute("aria-expanded")]).toEqual(["", "false"]);
});

it("says a slider's number beside it", () => {
  const slider = made("input", { type: "range", value: "7" });
  const other = made("input", { type: "text", value: "8" });
  page.body.append(made("p", {}, slider, other, made("output")));
  sliders();
  other.dispatchEvent(new FakeEvent("input", { bubbles: true }));
  expect(page.querySelector("output")?.textContent).toBe("");
  slider.dispatchEvent(new FakeEvent("input", { bubbles: true }));
  expect(page.querySelector("output")?.textContent).toBe("7");
});

it("prints at a press of a button that is hidden without scripts", () => {
  const print = vi.fn();
  vi.stubGlobal("window", { print });
  const button = made("button", { "data-print": true, hidden: true });
  page.body.append(button);
  printButtons();
  expect(button.hidden).toBe(false);
  button.click();
  expect(print).toHaveBeenCalledOnce();
});
