import { beforeEach, describe, expect, it, vi } from "vitest";
import { made, newPage } from "../../tests/page";
import { noteTyped, typedOf } from "./typed-notes";

const asked = vi.hoisted(() => ({ again: [] as string[] }));
vi.mock("htmx.org", () => ({ default: { ajax: (verb: string, path: string) => { asked.again.push(`${verb} ${path}`); return Promise.resolve(); } } }));

let form: HTMLFormElement;
let button: HTMLButtonElement;
let sent: number;
let worker: { tell: (said: unknown) => void };

interface Line {
  online?: boolean;
  guarded?: boolean;
  answers?: boolean;
}

function line({ online = true, guarded = false, answers = true }: Line): void {
  vi.stubGlobal("navigator", {
    onLine: online,
    serviceWorker: {
      controller: guarded ? {} : null,
      addEventListener: (_: string, act: (event: { data: unknown }) => void) => { worker = { tell: (data) => { act({ data }); } }; },
    },
  });
  vi.stubGlobal("fetch", () => answers ? Promise.resolve() : Promise.reject(new TypeError("no line")));
}

function opened(how: Line, words = ""): void {
  vi.useFakeTimers();
  sent = 0;
  newPage("/report/");
  line(how);
  document.body.dataset.networkForm = "Not sent";
  document.body.dataset.networkDanger = "Call 110";
  document.body.dataset.networkSearch = "Nothing can be looked up";
  button = made("button", {}, "Next");
  const field = made("textarea", { name: "words" }, words);
  form = Object.assign(made("form", { method: "post", action: "/report/" }, made("input", { type: "hidden", name: "d", value: "k" }), field, button), {
    requestSubmit: (by: HTMLElement) => { if (by === button) sent += 1; },
  });
  document.body.append(made("p", { "data-away-only": true, hidden: true }), form);
  lineGuard();
  if (how.online !== false) window.dispatchEvent(new Event("online"));
}

function press(by = button): SubmitEvent {
  const event = new SubmitEvent("submit", { cancelable: true, bubbles: true, submitter: by });
  form.dispatchEvent(event);
  return event;
}

function said(): string[] {
  return [...document.querySelectorAll("[data-network-said]")].map((one) => one.textContent);
}

async function later(): Promise<void> {
  await vi.advanceTimersByTimeAsync(5000);
  await vi.dynamicImportSettled();
}

let lineGuard: () => void;

beforeEach(async () => {
  asked.again = [];
  vi.resetModules(); // each page begins with nothing that waits
  ({ lineGuard } = await import("./connection"));
});

describe("a form that is sent without a line", () => {
  it("stays, says so, and goes by itself once the server answers", async () => {
    opened({ online: false });
    expect(press().defaultPrevented).toBe(true);
    expect(said()).toEqual(["Not sent"]);
    await later();
    expect(sent).toBe(0);
    line({ answers: false });
    await later();
    expect(sent, "a network without an answer is no line").toBe(0);
    line({});
    await later();
    expect(sent).toBe(1);
    await later();
    expect(sent, "once").toBe(1);
  });

  it("goes with the button that was pressed last", async () => {
    opened({ online: false });
    const other = made("button");
    form.append(other);
    press(other);
    press();
    line({});
    await later();
    expect(sent).toBe(1);
  });

  it("says the numbers to call where somebody is in danger", () => {
    opened({ online: false });
    button.dataset.atOnce = "";
    press();
    expect(said()).toEqual(["Call 110"]);
  });

  it("is left to the worker where one is in charge, until that cannot keep it", async () => {
    opened({ online: false, guarded: true });
    expect(press().defaultPrevented).toBe(false);
    worker.tell("something else");
    expect(said()).toEqual([]);
    worker.tell("unsent");
    expect(said()).toEqual(["Not sent"]);
    line({});
    await later();
    expect(sent).toBe(1);
  });

  it("goes at once with a line, and a search is no form to hold back", () => {
    opened({});
    expect(press().defaultPrevented).toBe(false);
    opened({ online: false });
    form.setAttribute("method", "get");
    expect(press().defaultPrevented).toBe(false);
  });
});

describe("a search without a line", () => {
  it("says so, asks again, and what it said goes with the answer", async () => {
    opened({});
    const target = made("div");
    document.body.append(target);
    const elt = made("input");
    document.body.append(elt);
    document.dispatchEvent(new CustomEvent("htmx:sendError", { detail: { elt, target, requestConfig: { verb: "post", path: "/places/" } } }));
    expect(said()).toEqual(["Nothing can be looked up"]);
    expect(document.querySelector<HTMLElement>("[data-away-only]")?.hidden).toBe(false);
    await later();
    expect(asked.again).toEqual(["post /places/"]);
    await later();
    expect(asked.again).toHaveLength(1);
    target.dispatchEvent(new Event("htmx:beforeSwap", { bubbles: true }));
    expect(said()).toEqual([]);
    expect(document.querySelector<HTMLElement>("[data-away-only]")?.hidden).toBe(true);
  });
});

describe("what is typed while the line is away", () => {
  it("is noted for this tab, and not while there is one", () => {
    opened({}, "路灯不亮");
    document.dispatchEvent(new Event("input"));
    expect(typedOf("k")).toEqual({});
    window.dispatchEvent(new Event("offline"));
    expect(typedOf("k")).toEqual({ words: "路灯不亮" });
    expect(document.querySelector<HTMLElement>("[data-away-only]")?.hidden).toBe(false);
    window.dispatchEvent(new Event("online"));
    expect(document.querySelector<HTMLElement>("[data-away-only]")?.hidden).toBe(true);
  });

  it("is in the next page that the server answers, and in the tab no more", () => {
    opened({});
    noteTyped("k", { words: "路灯不亮" });
    lineGuard();
    expect(form.querySelector("textarea")?.value).toBe("路灯不亮");
    expect(typedOf("k")).toEqual({});
  });

  it("is noted no more once its form is sent, whatever the server still says of it, but where it stays unsent", () => {
    opened({ guarded: true }, "路灯不亮");
    const heard = made("div", { id: "heard" }, made("span", { "data-ordinary": true }));
    document.body.append(heard);
    const answered = (): void => { heard.dispatchEvent(new Event("htmx:afterSwap", { bubbles: true })); };
    answered();
    expect(typedOf("k").words).toBe("路灯不亮");
    press();
    answered();
    expect(typedOf("k").words).toBeUndefined();
    worker.tell("unsent");
    answered();
    expect(typedOf("k").words).toBe("路灯不亮");
  });

  it("is left to the page for reports without a line", () => {
    opened({});
    document.body.append(made("form", { id: "offline-form" }));
    noteTyped("k", { words: "路灯不亮" });
    lineGuard();
    expect(typedOf("k")).toEqual({ words: "路灯不亮" });
  });
});
