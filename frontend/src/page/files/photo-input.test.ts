import { beforeEach, describe, expect, it, vi } from "vitest";
import { made, newPage } from "../../../tests/page";
import type { Sending, Told } from "./upload";

vi.mock("./upload", () => ({ send: vi.fn() }));
vi.mock("./photo-size", () => ({ shrunk: (file: File) => Promise.resolve(file) }));

const JPEG = "\xff\xd8\xff\xe0";
const WORDS = {
  "data-limit": "1", "data-most": "2", "data-remove": "Remove", "data-too-large": "Too large", "data-not-photo": "No photo", "data-empty": "Empty",
  "data-vast": "Too many pixels", "data-too-many": "Too many", "data-broken": "Interrupted", "data-arrived": "Arrived", "data-preparing": "Preparing",
  "data-waiting": "Waiting", "data-without": "Goes without:",
};

let box: HTMLElement;
let input: HTMLInputElement;
let form: HTMLFormElement;
let submitted: number;
let answer: (id: string) => void;
let refuse: () => void;
let told: Told;
let sending: Sending;

function file(name: string, head = JPEG, length = 0): File {
  return new File([Uint8Array.from(head.padEnd(length, "x"), (one) => one.charCodeAt(0))], name);
}

beforeEach(async () => {
  vi.resetModules(); // each page begins with nothing that is on its way
  const { photoInputs } = await import("./photo-input");
  const { send } = await import("./upload");
  newPage();
  vi.mocked(send).mockImplementation((given, how) => {
    [sending, told] = [given, how];
    return new Promise((resolve, reject) => {
      answer = resolve;
      refuse = () => { reject(new Error("not this way")); };
    });
  });
  input = made("input", { type: "file", name: "photos" });
  box = made("div", { "data-photos": true, "data-upload": "/files/", ...WORDS }, input, made("ul"), made("p", { "data-files-said": true, hidden: true }));
  form = made("form", {}, made("input", { name: "csrfmiddlewaretoken", value: "t" }), box);
  submitted = 0;
  form.requestSubmit = () => { submitted += press().defaultPrevented ? 0 : 1; };
  document.body.append(form);
  photoInputs();
});

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((next) => { setTimeout(next); });
}

function chosen(...files: File[]): void {
  const given = new DataTransfer();
  for (const one of files) given.items.add(one);
  input.files = given.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

async function choose(...files: File[]): Promise<void> {
  chosen(...files);
  await settle();
}

function press(submitter?: HTMLElement): SubmitEvent {
  const event = new SubmitEvent("submit", { cancelable: true, bubbles: true, submitter: submitter ?? null });
  form.dispatchEvent(event);
  return event;
}

const rows = (): string[] => [...box.querySelectorAll("li")].map((one) => one.querySelector("output")?.textContent ?? "");
const said = (): string => document.querySelector("[data-files-said]")?.textContent ?? "";

describe("a file that is chosen", () => {
  it("is sent ahead with the form's token and then named in the form instead", async () => {
    await choose(file("a.jpg"));
    expect([sending.file.name, sending.address, sending.token]).toEqual(["a.jpg", "/files/", "t"]);
    expect(input.files).toHaveLength(1);
    told.progress(0.5);
    expect(rows()).toEqual(["50%"]);
    answer("u1");
    await settle();
    expect(rows()).toEqual(["1 KB · Arrived"]);
    expect(input.files).toHaveLength(0);
    expect(box.querySelector<HTMLInputElement>("input[name=photos_upload]")?.value).toBe("u1");
  });

  it("goes with the form where it cannot be sent ahead", async () => {
    await choose(file("a.jpg"));
    refuse();
    await settle();
    expect(input.files).toHaveLength(1);
    expect(box.querySelector("input[name=photos_upload]")).toBeNull();
  });

  it.each([
    ["no picture", file("a.zip", "PK"), "No photo"], ["nothing in it", file("a.jpg", ""), "Empty"],
    ["over the limit", file("a.jpg", JPEG, 1024 * 1024 + 1), "Too large"],
  ])("is named when it is refused: %s", async (_, bad, why) => {
    await choose(bad);
    expect(rows()).toEqual([why]);
    expect(said()).toBe(`Goes without: ${bad.name}: ${why}`);
    expect(input.files).toHaveLength(0);
    expect(press().defaultPrevented, "the form goes without it").toBe(false);
  });

  it("is taken once there is room again", async () => {
    await choose(file("a.jpg"), file("b.jpg"), file("c.jpg"));
    expect(rows()[2]).toBe("Too many");
    box.querySelector<HTMLButtonElement>("li button")?.click();
    await settle();
    expect(rows()).toHaveLength(2);
    expect(said()).toBe("");
    expect([...input.files ?? []].map(({ name }) => name)).toEqual(["b.jpg", "c.jpg"]);
  });
});

it("counts only those that are taken", async () => {
  await choose(file("a.zip", "PK"), file("b.jpg"), file("c.jpg"));
  expect(rows()[0]).toBe("No photo");
  expect([...input.files ?? []].map(({ name }) => name)).toEqual(["b.jpg", "c.jpg"]);
});

describe("a form with files", () => {
  it("waits at the first press, says how far it is, and goes by itself", async () => {
    await choose(file("a.jpg"));
    const event = press();
    expect(event.defaultPrevented).toBe(true);
    expect(said()).toBe("Waiting 0%");
    told.progress(0.4);
    expect(said()).toBe("Waiting 40%");
    told.broken();
    expect(said()).toBe("Waiting 40% Interrupted");
    expect(press().defaultPrevented, "a second press changes nothing").toBe(true);
    answer("u1");
    await settle();
    expect(submitted).toBe(1);
  });

  it("stays where a file turns out to be none after the press, and says which", async () => {
    chosen(file("a.zip", "PK"));
    expect(press().defaultPrevented).toBe(true);
    await settle();
    expect([submitted, said()]).toEqual([0, "Goes without: a.zip: No photo"]);
    expect(document.activeElement).toBe(document.querySelector("[data-files-said]"));
    expect(press().defaultPrevented, "the next press goes without it").toBe(false);
  });

  it("does not wait where somebody is in danger", async () => {
    await choose(file("a.jpg"));
    expect(input.value).toContain("a.jpg");
    expect(press(made("button", { "data-at-once": true })).defaultPrevented).toBe(false);
    expect(input.value).toBe("");
  });

  it("without files goes as it is", () => {
    expect(press().defaultPrevented).toBe(false);
  });
});
