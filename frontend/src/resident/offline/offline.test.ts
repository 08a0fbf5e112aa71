import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { made, newPage } from "../../../tests/page";
import { typedOf } from "../../page/typed-notes";
import { blank, drop, found, put, waiting } from "./queue";

vi.mock("../../page/files/photo-size", () => ({ shrunk: (file: File) => Promise.resolve(file) }));

let online: boolean;
let outcome: { receipt?: string; next?: string };
let status: number;
let handed: Record<string, string>;
let posted: FormData[];
let tokens: (string | undefined)[];
let position: { found: (at: { coords: object }) => void; lost: () => void };

async function open(search = "", hash = ""): Promise<void> {
  vi.resetModules();
  newPage(`/report/offline/${search}${hash}`);
  document.documentElement.lang = "zh-Hans";
  vi.stubGlobal("setInterval", () => 0);
  for (const cookie of ["a=b", "csrftoken=t0ken", "c=d"]) document.cookie = cookie;
  vi.stubGlobal("navigator", { geolocation: { getCurrentPosition: (done: typeof position.found, lost: () => void) => { position = { found: done, lost }; } },
    serviceWorker: { controller: { postMessage: (_: string, [port]: MessagePort[]) => { port?.postMessage(handed); } } } });
  vi.stubGlobal("fetch", (_: string, given: { body?: FormData; headers?: Record<string, string> }) => {
    if (!online) return Promise.reject(new TypeError("no line"));
    if (given.body) posted.push(given.body);
    if (given.body) tokens.push(given.headers?.["X-CSRFToken"]);
    return Promise.resolve({ status, json: () => Promise.resolve(outcome) });
  });
  const fields = ["words", "category", "address", "name", "phone", "photos"].map((name) => made("input", { name, type: name === "photos" ? "file" : "text" }));
  fields.push(made("input", { name: "building", type: "checkbox", value: "written" }));
  const form = made("form", { id: "offline-form" }, ...fields, made("button", { "data-here": true }), made("button", { type: "button", "data-show": true }), made("button", { type: "button", "data-send": true }));
  document.body.append(
    form, made("ul", { id: "offline-waiting", "data-waiting": "等待发送", "data-until": "还保留 0 分钟", "data-at": "写于", "data-done": "看回执", "data-next": "继续" }),
    made("p", { id: "offline-said", hidden: true, ...Object.fromEntries(["held", "held-there", "empty", "sending", "waiting", "done", "unfinished", "placed", "unplaced"].map((name) => [`data-${name}`, name])) }),
    made("details", { id: "offline-danger" }, made("summary")), made("p", { "data-dropped": true, hidden: true }), made("div", { "data-away-only": true }, made("p", { "data-kept": true })),
    made("p", { "data-photos-again": true, hidden: true }), made("p", { "data-photos-kept": "0 张照片", hidden: true }), made("b", { "data-there": "有网络", "data-away": "没有网络" }),
  );
  await import("./offline");
  await vi.waitFor(() => { expect(document.querySelector("[data-there]")?.textContent).not.toBe(""); });
}

const field = (name: string): HTMLInputElement => document.querySelector(`[name=${name}]`) ?? made("input");
const said = (): string => document.querySelector("#offline-said")?.textContent ?? "";
const rows = (): string[] => [...document.querySelectorAll("#offline-waiting li")].map((one) => one.textContent);
const answer = (value: string): void => { document.querySelector("form")?.dispatchEvent(new SubmitEvent("submit", { cancelable: true, submitter: made("button", { value }) })); };

beforeEach(async () => {
  [online, status, outcome, posted, tokens, handed] = [false, 200, { receipt: "/m/1/" }, [], [], {}];
  for (const entry of await waiting()) await drop(entry.key);
});

describe("a report without a line", () => {
  it("keeps what was typed while the phone's store was still opening", async () => {
    const opening = open("?d=early");
    await vi.waitFor(() => { expect(document.querySelector("[name=words]")).not.toBeNull(); });
    field("words").value = "打得快";
    await opening;
    expect(field("words").value).toBe("打得快");
    expect(typedOf("early").words).toBe("打得快");
  });

  it("is kept under the key in the address, found again by a reload, and sent once when the line is back", async () => {
    await open();
    const key = new URL(location.href).searchParams.get("d") ?? "";
    field("words").value = "路灯不亮";
    document.querySelector("form")?.dispatchEvent(new Event("input"));
    expect(typedOf(key)).toMatchObject({ words: "路灯不亮" });
    answer("none");
    await vi.waitFor(() => { expect(said()).toBe("waiting"); });
    await vi.waitFor(() => { expect(rows()).toHaveLength(1); });
    expect(rows()[0]).toMatch(/^等待发送 · 写于 .+ · 还保留 30 分钟$/);
    expect([typedOf(key), document.querySelector("form")?.hidden]).toEqual([{}, true]);
    online = true;
    window.dispatchEvent(new Event("online"));
    await vi.waitFor(() => { expect(said()).toBe("done"); });
    window.dispatchEvent(new Event("online"));
    await vi.waitFor(() => { expect(document.querySelector("#offline-waiting a")?.getAttribute("href")).toBe("/m/1/"); });
    expect([posted.map((form) => form.get("d")), tokens]).toEqual([[key], ["t0ken"]]);
  });

  it("stays here where the server is in trouble, and asks on where a question is left", async () => {
    await put({ ...blank("k"), words: "路灯", ready: true });
    [online, status, outcome] = [true, 503, { next: "/report/more/" }];
    await open("?d=k");
    await vi.waitFor(() => { expect(said()).toBe("waiting"); });
    status = 200;
    window.dispatchEvent(new Event("online"));
    await vi.waitFor(() => { expect(said()).toBe("unfinished"); });
    expect(document.querySelector("#offline-waiting a")?.getAttribute("href")).toBe("/report/more/");
  });

  it("keeps that its address is filed as it is written", async () => {
    await open("?d=k");
    field("words").value = "路灯";
    field("address").value = "桂香桥下面";
    field("building").checked = true;
    answer("none");
    await vi.waitFor(async () => { expect(await found("k")).toMatchObject({ address: "桂香桥下面", building: "written" }); });
  });

  it("explains no missing line once there is one", async () => {
    await open("?d=k");
    const explained = (): boolean => document.querySelector<HTMLElement>("[data-away-only]")?.hidden !== false;
    expect(explained()).toBe(false);
    online = true;
    window.dispatchEvent(new Event("online"));
    await vi.waitFor(() => { expect(explained()).toBe(true); });
  });

  it("without words is not kept", async () => {
    await open();
    answer("none");
    await vi.waitFor(() => { expect(said()).toBe("empty"); });
    expect(document.activeElement).toBe(field("words"));
    expect(await waiting()).toEqual([]);
  });

  it("that was half written is in its fields again, with the photos that were kept", async () => {
    await put({ ...blank("k"), words: "路灯", address: "康乐小区", photos: [new File(["x"], "a.jpg")] });
    await open("?d=k");
    expect([field("words").value, field("address").value, said()]).toEqual(["路灯", "康乐小区", "held"]);
    expect(document.querySelector("[data-photos-kept]")?.textContent).toBe("1 张照片");
    online = true;
    window.dispatchEvent(new Event("online"));
    await vi.waitFor(() => { expect(said()).toBe("held-there"); });
  });

  it("notes that photos were chosen, which a reload loses", async () => {
    await open("?d=k");
    const chosen = new DataTransfer();
    chosen.items.add(new File(["x"], "a.jpg"));
    field("photos").files = chosen.files;
    document.querySelector("form")?.dispatchEvent(new Event("input"));
    expect(typedOf("k").photos).toBe("1");
  });

  it("takes one's position", async () => {
    await open("?d=k");
    document.querySelector<HTMLElement>("[data-here]")?.click();
    position.lost();
    expect(said()).toBe("unplaced");
    position.found({ coords: { longitude: 104.1234567, latitude: 30.6 } });
    field("words").value = "路灯";
    answer("none");
    await vi.waitFor(async () => { expect((await found("k"))?.lon).toBe("104.123457"); });
  });
});

describe("whoever is in danger", () => {
  it.each(["yes", "cannot_talk"])("gets the numbers, and nothing is kept (%s)", async (value) => {
    await put({ ...blank("k"), words: "他打我" });
    await open("?d=k");
    answer(value);
    await vi.waitFor(() => { expect(document.querySelector<HTMLElement>("[data-dropped]")?.hidden).toBe(false); });
    expect(await waiting()).toEqual([]);
    expect([document.querySelector("details")?.open, document.querySelector<HTMLElement>("[data-kept]")?.hidden, document.querySelector("form")?.hidden]).toEqual([true, true, true]);
    document.querySelector<HTMLElement>("[data-show]")?.click();
    expect([field("words").value, document.querySelector("form")?.hidden]).toEqual(["他打我", false]);
    document.querySelector("form")?.dispatchEvent(new Event("input"));
    expect(typedOf("k")).toEqual({});
  });

  it("sends what was written once the line is back, by the way of every report", async () => {
    await open("?d=k");
    field("words").value = "他打我";
    answer("cannot_talk");
    await vi.waitFor(() => { expect(document.querySelector<HTMLElement>("[data-dropped]")?.hidden).toBe(false); });
    const went = vi.spyOn(HTMLFormElement.prototype, "submit").mockImplementation(() => undefined);
    online = true;
    window.dispatchEvent(new Event("online"));
    await vi.waitFor(() => { expect(document.querySelector<HTMLElement>("[data-send]")?.hidden).toBe(false); });
    document.querySelector<HTMLElement>("[data-send]")?.click();
    expect(went).toHaveBeenCalledOnce();
    const sent = new FormData(document.querySelector<HTMLFormElement>("form[action='/report/']") ?? undefined);
    expect(["d", "words", "danger", "csrfmiddlewaretoken"].map((name) => sent.get(name))).toEqual(["k", "他打我", "cannot_talk", "t0ken"]);
  });

  it("is led here by the worker, which had what was written in memory alone", async () => {
    handed = { words: "他打我", danger: "cannot_talk" };
    await open("?d=k", "#danger");
    expect(document.querySelector("details")?.open).toBe(true);
    await vi.waitFor(() => { expect(field("words").value).toBe("他打我"); });
    expect([document.querySelector("form")?.hidden, typedOf("k"), await waiting()]).toEqual([true, {}, []]);
  });
});
