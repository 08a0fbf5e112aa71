// The service worker of the report's pages (/report/ and nothing else): where the line breaks, what was just typed is
// kept on this phone and the report goes on at a page that was loaded beforehand. It caches that page and its styles
// and scripts, never a page that tells of a matter or of a person.
import { AWAY } from "../away-page";
import { drop, found, heldOf, put, waiting } from "./queue";

interface Extendable extends Event {
  waitUntil: (work: Promise<unknown>) => void;
}

interface Fetched extends Extendable {
  request: Request;
  respondWith: (answer: Promise<Response>) => void;
}

interface Scope {
  skipWaiting: () => Promise<void>;
  clients: { claim: () => Promise<void>; matchAll: (of: { type: "window" }) => Promise<{ postMessage: (said: string) => void }[]> };
  addEventListener: (kind: string, act: (event: never) => void) => void;
}

const scope = self as unknown as Scope;
const CACHE = "shige-report-1";
const PAGE = "/report/offline/";
const LAST = "/report/contact/";

// What somebody in danger wrote last: in memory alone, until the page that follows has asked for it.
let unkept: Record<string, string> = {};

async function refresh(): Promise<void> {
  const cache = await caches.open(CACHE);
  const answer = await fetch(PAGE, { cache: "no-cache" });
  if (!answer.ok) throw new Error(String(answer.status));
  const files = [...(await answer.clone().text()).matchAll(/(?:src|href)="(\/static\/[^"]+)"/g)].map((match) => match[1] ?? "");
  const fresh = new Set(files.map((file) => new URL(file, location.origin).href));
  await Promise.all([...fresh].map(async (file) => { if (!await cache.match(file)) await cache.add(file); }));
  await cache.put(PAGE, answer);
  for (const old of await cache.keys()) {
    if (old.url.includes("/static/") && !fresh.has(old.url)) await cache.delete(old);
  }
}

async function tidy(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith("shige-report-") && name !== CACHE) await caches.delete(name);
  await scope.clients.claim();
}

async function navigated(event: Fetched): Promise<Response> {
  const { request } = event;
  const typed = request.method === "POST" ? request.clone() : null;
  if (new URL(request.url).pathname !== PAGE) unkept = {};
  try {
    const answer = await fetch(request);
    if (typed && answer.status < 500) event.waitUntil(taken(typed));
    return answer;
  } catch {
    if (new URL(request.url).pathname.endsWith("/end/")) return new Response(AWAY, { headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" } });
    return typed ? kept(await typed.formData(), new URL(request.url).pathname) : offline();
  }
}

// What the server has taken in lies here no longer.
async function taken(typed: Request): Promise<void> {
  if ((await waiting()).length) await drop(keyIn(await typed.formData()));
}

function keyIn(form: FormData): string {
  const given = form.get("d");
  return typeof given === "string" ? given : "";
}

// At the last step nothing is left to ask: what was sent there goes by itself, unless something is to be changed
// first. What may not be kept here stays on its page, which sends it again.
async function kept(form: FormData, path: string): Promise<Response> {
  const danger = form.get("danger");
  const key = keyIn(form);
  if (danger === "yes" || danger === "cannot_talk") {
    await drop(key);
    unkept = Object.fromEntries([...form].filter((field): field is [string, string] => typeof field[1] === "string"));
    return to(`${PAGE}?d=${key}#danger`);
  }
  const entry = heldOf(form, await found(key));
  if (!entry) return await unsent();
  await put({ ...entry, ready: path === LAST && !form.has("change") });
  return to(`${PAGE}?d=${entry.key}`);
}

// No content: the browser stays on the page with everything that is typed there.
async function unsent(): Promise<Response> {
  for (const page of await scope.clients.matchAll({ type: "window" })) page.postMessage("unsent");
  return new Response(null, { status: 204 });
}

function to(address: string): Response {
  return Response.redirect(new URL(address, location.origin).href, 303);
}

async function offline(): Promise<Response> {
  return await caches.match(PAGE, { ignoreSearch: true }) ?? Response.error();
}

async function asset(request: Request): Promise<Response> {
  return await caches.match(request) ?? fetch(request);
}

scope.addEventListener("install", (event: Extendable) => { event.waitUntil(refresh().then(() => scope.skipWaiting())); });
scope.addEventListener("activate", (event: Extendable) => { event.waitUntil(tidy()); });
scope.addEventListener("message", ({ ports }: MessageEvent) => {
  ports[0]?.postMessage(unkept);
  unkept = {};
});
scope.addEventListener("fetch", (event: Fetched) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(navigated(event));
  else if (request.method === "GET" && pathname.startsWith("/static/")) event.respondWith(asset(request));
});
