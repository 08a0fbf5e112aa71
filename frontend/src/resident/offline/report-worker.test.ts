// @vitest-environment node
import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { blank, drop, found, put, waiting } from "./queue";

interface Event {
  request?: { url: string; method: string; mode: string; clone?: () => { formData: () => Promise<FormData> } };
  waitUntil: (work: Promise<unknown>) => void;
  respondWith: (answer: Promise<Response>) => void;
}

const OFFLINE = '<link href="/static/a.css"><script src="/static/b.js"></script>';
const told: string[] = [];
const heard = new Map<string, (event: Event) => void>();
const kept = new Map<string, Response>();
let online = true;
let status = 200;
let controlled = 0;

const full = (given: string | { url: string }): string => new URL(typeof given === "string" ? given : given.url, "http://shige.test").href;

class Answer extends Response {
  static override redirect(address: string | URL): Response {
    return new Answer(null, { status: 200, headers: { Location: String(address) } });
  }
}

Object.assign(globalThis, {
  location: { origin: "http://shige.test" },
  Response: Answer,
  self: {
    addEventListener: (kind: string, act: (event: Event) => void) => { heard.set(kind, act); },
    skipWaiting: () => Promise.resolve(),
    clients: { claim: () => { controlled += 1; return Promise.resolve(); }, matchAll: () => Promise.resolve([{ postMessage: (said: string) => told.push(said) }]) },
  },
  fetch: (given: string | { url: string }) => online ? Promise.resolve(new Response(full(given).endsWith("/offline/") ? OFFLINE : "fresh", { status })) : Promise.reject(new TypeError("no line")),
  caches: {
    open: () => Promise.resolve({
      match: (one: string) => Promise.resolve(kept.get(full(one))),
      add: (one: string) => { kept.set(full(one), new Response("kept")); return Promise.resolve(); },
      put: (one: string, answer: Response) => { kept.set(full(one), answer); return Promise.resolve(); },
      keys: () => Promise.resolve([...kept.keys()].map((url) => ({ url }))),
      delete: (one: { url: string }) => Promise.resolve(kept.delete(full(one))),
    }),
    match: (one: string | { url: string }) => Promise.resolve(kept.get(full(one))?.clone()),
    keys: () => Promise.resolve(["shige-report-0", "shige-report-1", "another"]),
    delete: (name: string) => { told.push(`dropped ${name}`); return Promise.resolve(true); },
  },
});

await import("./report-worker");

async function event(kind: string, request?: Event["request"]): Promise<Response | undefined> {
  const work: Promise<unknown>[] = [];
  let answer: Promise<Response> | undefined;
  heard.get(kind)?.({ ...(request && { request }), waitUntil: (one) => work.push(one), respondWith: (one) => { answer = one; } });
  const given = await answer;
  await Promise.all(work);
  return given;
}

function asked(path: string, fields?: Record<string, string>, mode = "navigate"): Promise<Response | undefined> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields ?? {})) form.set(name, value);
  return event("fetch", { url: full(path), method: fields ? "POST" : "GET", mode, clone: () => ({ formData: () => Promise.resolve(form) }) });
}

function handedOver(): Record<string, string> {
  let given = {};
  heard.get("message")?.({ ports: [{ postMessage: (one: object) => { given = one; } }] } as never);
  return given;
}

beforeEach(async () => {
  [online, status, controlled] = [true, 200, 0];
  told.length = 0;
  kept.clear();
  for (const entry of await waiting()) await drop(entry.key);
  await event("install");
});

describe("the worker of the report's pages", () => {
  it("keeps the page without a line with its files, and what is old no longer", async () => {
    expect([...kept.keys()].map((one) => new URL(one).pathname).sort()).toEqual(["/report/offline/", "/static/a.css", "/static/b.js"]);
    kept.set(full("/static/old.js"), new Response("old"));
    await event("install");
    expect(kept.has(full("/static/old.js"))).toBe(false);
  });

  it("is not installed where that page could not be fetched", async () => {
    status = 500;
    await expect(event("install")).rejects.toThrow("500");
  });

  it("removes the caches of earlier ones, its own only, and takes charge", async () => {
    await event("activate");
    expect(told).toEqual(["dropped shige-report-0"]);
    expect(controlled).toBe(1);
  });

  it("hands out files from what it keeps, and asks for others", async () => {
    expect(await (await asked("/static/a.css", undefined, "no-cors"))?.text()).toBe("kept");
    expect(await (await asked("/static/c.css", undefined, "no-cors"))?.text()).toBe("fresh");
    expect(await asked("/api/x", undefined, "cors"), "what is not its own it leaves alone").toBeUndefined();
    expect(await asked("http://elsewhere.test/x")).toBeUndefined();
  });

  it("leads to the page without a line where there is none", async () => {
    online = false;
    expect(await (await asked("/report/place/"))?.text()).toBe(OFFLINE);
    kept.clear();
    expect((await asked("/report/place/"))?.type).toBe("error");
  });

  it("tells nothing of where somebody was who leaves without a line", async () => {
    online = false;
    expect(await (await asked("/report/end/"))?.text()).toContain("No internet connection");
  });
});

describe("a form that is sent", () => {
  it("is forgotten here once the server has taken it in, and not where that failed", async () => {
    await put({ ...blank("k"), words: "路灯" });
    status = 502;
    await asked("/report/", { d: "k" });
    expect(await found("k")).toBeDefined();
    status = 200;
    await asked("/report/", { d: "k" });
    expect(await found("k")).toBeUndefined();
  });

  it("is kept without a line, and only the last step goes by itself", async () => {
    online = false;
    expect((await asked("/report/", { d: "k", words: "路灯", danger: "none" }))?.headers.get("Location")).toBe("http://shige.test/report/offline/?d=k");
    expect(await found("k")).toMatchObject({ words: "路灯", ready: false });
    await asked("/report/contact/", { d: "k", words: "路灯", change: "place" });
    expect((await found("k"))?.ready).toBe(false);
    await asked("/report/contact/", { d: "k", words: "路灯" });
    expect((await found("k"))?.ready).toBe(true);
  });

  it.each(["yes", "cannot_talk"])("keeps nothing of somebody in danger (%s), nor what was kept before", async (danger) => {
    await put({ ...blank("k"), words: "他" });
    online = false;
    expect((await asked("/report/", { d: "k", words: "他打我", danger }))?.headers.get("Location")).toBe("http://shige.test/report/offline/?d=k#danger");
    expect(await waiting()).toEqual([]);
    await asked("/report/offline/?d=k");
    expect([handedOver().words, handedOver()]).toEqual(["他打我", {}]);
  });

  it("hands over to no page but the one that follows what somebody in danger wrote", async () => {
    online = false;
    await asked("/report/", { d: "k", words: "他打我", danger: "yes" });
    await asked("/report/place/");
    expect(handedOver()).toEqual({});
  });

  it("stays on its page where it may not be kept", async () => {
    online = false;
    expect((await asked("/report/", { d: "k" }))?.status).toBe(204);
    expect(told).toEqual(["unsent"]);
    expect(await waiting()).toEqual([]);
  });
});

vi.stubGlobal("navigator", { language: "en" });
