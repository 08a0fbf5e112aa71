import { beforeEach, describe, expect, it, vi } from "vitest";
import { given, made, newPage } from "../../tests/page";
import { copyButtons } from "./copy-button";
import { answerTyped } from "./early-input";
import { elderSwitch } from "./elder-mode";
import { scrollFrames } from "./scroll-frame";
import { word } from "./word";


beforeEach(() => {
  newPage();
});

describe("large type", () => {
  it("is switched on for a year, and off at once", () => {
    elderSwitch();
    const cookie = vi.spyOn(document, "cookie", "set");
    const button = made("button", { "data-elder-switch": true, "aria-pressed": "false" });
    document.body.append(button);
    button.click();
    expect(button.getAttribute("aria-pressed")).toBe("true");
    expect(document.documentElement.getAttribute("data-elder")).toBe("");
    expect(cookie).toHaveBeenLastCalledWith("elder=1; path=/; max-age=31536000; samesite=lax");
    button.click();
    expect(document.documentElement.getAttribute("data-elder")).toBeNull();
    expect(cookie.mock.lastCall?.[0]).toContain("max-age=0");
  });
});

describe("a button that copies", () => {
  const asked = async (writeText: () => Promise<void>): Promise<string> => {
    const selected: unknown[] = [];
    vi.stubGlobal("navigator", { clipboard: { writeText } });
    vi.stubGlobal("getSelection", () => ({ selectAllChildren: (source: unknown) => selected.push(source) }));
    copyButtons();
    const button = made("button", { "data-copy": "code", "data-done": "Copied" }, made("span", {}, "Copy"));
    document.body.append(made("b", { id: "code" }, " ABC "), button);
    button.click();
    await Promise.resolve();
    return selected.length ? "marked" : button.textContent;
  };

  it("says that it has", async () => {
    const write = vi.fn(() => Promise.resolve());
    expect(await asked(write)).toBe("Copied");
    expect(write).toHaveBeenCalledWith("ABC");
  });

  it("marks the text where the browser refuses", async () => {
    expect(await asked(() => { throw new Error("not allowed"); })).toBe("marked");
  });
});

describe("what was typed before the page's scripts had come", () => {
  it("is answered, and what stood there from the beginning is not", () => {
    answerTyped();
    const fields = ["a", "b"].map((typed) => Object.assign(made("input", { type: "text", value: "a" }), { value: typed }));
    const tick = given(made("input", { type: "checkbox", value: "x" }), { defaultValue: "a" });
    const early: string[] = [];
    document.addEventListener("early", ({ target }) => early.push((target as HTMLInputElement).value));
    const form = made("form", {}, ...fields, tick);
    document.body.append(form);
    form.dispatchEvent(new Event("htmx:load", { bubbles: true }));
    expect(early).toEqual(["b"]);
  });
});

describe("a frame that scrolls sideways", () => {
  it("can be reached by keyboard while it does", () => {
    const frame = given(made("div", { class: "table-responsive" }), { scrollWidth: 500, clientWidth: 300 });
    document.body.append(frame);
    scrollFrames();
    expect(watched.includes(frame)).toBe(true);
    measure([{ target: frame }]);
    expect(frame.getAttribute("tabindex")).toBe("0");
    given(frame, { clientWidth: 500 });
    measure([{ target: frame }]);
    expect(frame.getAttribute("tabindex")).toBeNull();
  });
});

it("reads the page's own words", () => {
  const box = made("div", { "data-word-zoom-in": "放大" });
  expect([word(box, "zoom-in"), word(box, "zoom-out")]).toEqual(["放大", ""]);
});

const { watched, measure } = vi.hoisted(() => {
  const seen: unknown[] = [];
  let tell: (entries: unknown[]) => void = () => undefined;
  (globalThis as Record<string, unknown>).ResizeObserver = class {
    constructor(act: (entries: unknown[]) => void) {
      tell = act;
    }

    observe(one: unknown): void {
      seen.push(one);
    }
  };
  return { watched: seen, measure: (entries: unknown[]) => { tell(entries); } };
});
