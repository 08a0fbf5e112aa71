import { beforeEach, describe, expect, it, vi } from "vitest";
import { given, made, newPage } from "../../tests/page";
import { menuButtons } from "./menu";
import { printButtons } from "./print-button";
import { listKeys } from "./row-keys";
import { sliders } from "./slider";
import { ticks } from "./ticked-rows";


beforeEach(() => {
  newPage();
  vi.stubGlobal("getSelection", () => "");
});

describe("a list by keyboard", () => {
  let pressed: string[];
  let rows: HTMLElement[];

  beforeEach(() => {
    pressed = [];
    const noted = (element: HTMLElement, name: string): HTMLElement => {
      element.addEventListener("click", () => pressed.push(name));
      return element;
    };
    rows = ["1", "2", "3"].map((name) => given(
      made("tr", { "data-row": true }, made("input", { type: "checkbox" }), noted(made("a", { href: "#", "data-open": true }), name), made("td")),
      { offsetParent: document.body },
    ));
    document.body.append(
      made("input", { type: "search" }), made("table", { "data-list": true }, ...rows),
      noted(made("a", { rel: "next" }), "next"), noted(made("a", { rel: "prev" }), "prev"),
    );
    noted(rows[1]?.querySelector("input") ?? made("i"), "tick 2");
    listKeys();
  });

  const key = (name: string, more: object = {}): Event => {
    const event = new KeyboardEvent("keydown", { cancelable: true, key: name, bubbles: true, ...more });
    (document.activeElement ?? document.body).dispatchEvent(event);
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
    expect(document.activeElement).toBe(rows[0]?.querySelector("a"));
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
    expect(document.activeElement?.getAttribute("type")).toBe("search");
  });

  it("is silent while somebody types, and for the browser's own keys", () => {
    document.querySelector<HTMLInputElement>("input[type=search]")?.focus();
    expect(key("j").defaultPrevented).toBe(false);
    document.querySelector<HTMLInputElement>("input[type=search]")?.blur();
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
  const all = (): HTMLInputElement[] => [...document.querySelectorAll<HTMLInputElement>("[data-tick]")];
  const change = (box: HTMLInputElement, on: boolean): void => {
    box.checked = on;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };

  beforeEach(() => {
    document.body.append(
      made("input", { "data-tick-all": true }), made("input", { "data-tick": true }), made("input", { "data-tick": true }),
      made("form", { "data-ticked": true }, made("b", { "data-ticked-count": true }), made("button")),
    );
    ticks();
  });

  const told = (): unknown[] => {
    const every = document.querySelector<HTMLInputElement>("[data-tick-all]");
    return [document.querySelector("[data-ticked-count]")?.textContent, document.querySelector("button")?.disabled, every?.checked, every?.indeterminate];
  };

  it("are counted, and the button waits for the first", () => {
    expect(told()).toEqual(["", true, false, false]);
    change(all()[0] ?? made("input"), true);
    expect(told()).toEqual(["1", false, false, true]);
    change(all()[1] ?? made("input"), true);
    expect(told()).toEqual(["2", false, true, false]);
  });

  it("are ticked all at once", () => {
    const every = document.querySelector<HTMLInputElement>("[data-tick-all]") ?? made("input");
    change(every, true);
    expect(all().every((box) => box.checked)).toBe(true);
    change(every, false);
    expect(told()).toEqual(["", true, false, false]);
  });
});

it("folds and unfolds the rail", () => {
  const rail = made("nav", { id: "rail", "data-folded": true });
  const button = made("button", { "data-menu": "rail", "aria-expanded": "false" });
  document.body.append(rail, button);
  menuButtons();
  button.click();
  expect([rail.dataset.folded, button.getAttribute("aria-expanded")]).toEqual([undefined, "true"]);
  button.click();
  expect([rail.dataset.folded, button.getAttribute("aria-expanded")]).toEqual(["", "false"]);
});

it("says a slider's number beside it", () => {
  const slider = made("input", { type: "range", value: "7" });
  const other = made("input", { type: "text", value: "8" });
  document.body.append(made("p", {}, slider, other, made("output")));
  sliders();
  other.dispatchEvent(new Event("input", { bubbles: true }));
  expect(document.querySelector("output")?.textContent).toBe("");
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  expect(document.querySelector("output")?.textContent).toBe("7");
});

it("prints at a press of a button that is hidden without scripts", () => {
  const print = vi.fn();
  vi.stubGlobal("print", print);
  const button = made("button", { "data-print": true, hidden: true });
  document.body.append(button);
  printButtons();
  expect(button.hidden).toBe(false);
  button.click();
  expect(print).toHaveBeenCalledOnce();
});
