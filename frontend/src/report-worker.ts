// The service worker of the report's pages (/report/ and nothing else): where the line breaks, what was just typed is
// kept on this phone and the report goes on at a page that was loaded beforehand. It caches that page and its styles
// and scripts, never a page that tells of a matter or of a person.
import { found, heldOf, put } from "./offline-queue";

interface Extendable extends Event {
  waitUntil: (work: Promise<unknown>) => void;
}

interface Fetched extends Extendable {
  request: Request;
  respondWith: (answer: Promise<Response>) => void;
}

interface Scope {
  skipWaiting: () => Promise<void>;
  clients: { claim: () => Promise<void> };
  addEventListener: (kind: string, act: (event: never) => void) => void;
}

const scope = self as unknown as Scope;
const CACHE = "shige-report-1";
const PAGE = "/report/offline/";
const LAST = "/report/contact/";

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

async function navigated(request: Request): Promise<Response> {
  const typed = request.method === "POST" ? request.clone() : null;
  try {
    return await fetch(request);
  } catch {
    if (new URL(request.url).pathname.endsWith("/leave/")) return new Response("", { headers: { "Content-Type": "text/html" } });
    return typed ? kept(await typed.formData(), new URL(request.url).pathname) : offline();
  }
}

// At the last step nothing is left to ask: what was sent there goes by itself, unless something is to be changed
// first. What may not be kept here is
// not sent; the page leads back to it.
async function kept(form: FormData, path: string): Promise<Response> {
  const danger = form.get("danger");
  if (danger === "yes" || danger === "cannot_talk") return to(`${PAGE}#danger`);
  const given = form.get("d");
  const key = typeof given === "string" ? given : "";
  const entry = heldOf(form, await found(key));
  if (!entry) return to(`${PAGE}?d=${encodeURIComponent(key)}#unsent`);
  await put({ ...entry, ready: path === LAST && !form.has("change") });
  return to(`${PAGE}?d=${entry.key}`);
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
scope.addEventListener("fetch", (event: Fetched) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(navigated(request));
  else if (request.method === "GET" && pathname.startsWith("/static/")) event.respondWith(asset(request));
});
