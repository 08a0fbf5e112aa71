// Reports written without a line, on this phone until they are handed in or too old. Each is sent once: its key is
// that of the form, and the server gives one receipt for it.
import { LIFE, QUEUE } from "../../page/draft";

export interface Waiting {
  key: string;
  words: string;
  category: string;
  address: string;
  building: string; // "written" where the address is filed as it is, for the office to find
  lon: string;
  lat: string;
  name: string;
  phone: string;
  photos: File[];
  at: number;
  ready: boolean;
}

export interface Outcome {
  receipt?: string;
  next?: string;
}

const STORE = "waiting";

export function blank(key: string): Waiting {
  return {
    key, words: "", category: "", address: "", building: "", lon: "", lat: "", name: "", phone: "", photos: [], at: Date.now(), ready: false,
  };
}

function open(): Promise<IDBDatabase> {
  const asked = indexedDB.open(QUEUE, 1);
  asked.onupgradeneeded = () => { asked.result.createObjectStore(STORE, { keyPath: "key" }); };
  return settled(asked);
}

function settled<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => { resolve(asked.result); };
    asked.onerror = () => { reject(asked.error ?? new Error("no room on this phone")); };
  });
}

async function with_<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const base = await open();
  try {
    return await settled(act(base.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    base.close();
  }
}

export async function put(entry: Waiting): Promise<void> {
  await with_("readwrite", (store) => store.put(entry));
}

export async function drop(key: string): Promise<void> {
  await with_("readwrite", (store) => store.delete(key));
}

// What waits here; what has grown too old is gone for good.
export async function waiting(now = Date.now()): Promise<Waiting[]> {
  const all = await with_<Waiting[]>("readonly", (store) => store.getAll() as IDBRequest<Waiting[]>);
  const old = all.filter((entry) => now - entry.at > LIFE);
  await Promise.all(old.map((entry) => drop(entry.key)));
  return all.filter((entry) => now - entry.at <= LIFE);
}

export async function found(key: string): Promise<Waiting | undefined> {
  return (await waiting()).find((entry) => entry.key === key);
}

export const WRITTEN = "written";
const TYPED = { words: "words", category: "category", address: "q", lon: "lon", lat: "lat", name: "name", phone: "phone" } as const;

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

function asWritten(form: FormData): Partial<Waiting> {
  return text(form, "building") === WRITTEN ? { building: WRITTEN } : {};
}

// What a form said whose sending failed; nothing of somebody who is in danger, and nothing of a form without words.
export function heldOf(form: FormData, before?: Waiting): Waiting | null {
  const key = text(form, "d");
  const carried = JSON.parse(text(form, "sofar") || "{}") as Partial<Waiting>;
  const entry = { ...blank(key), ...before, ...carried, ready: false };
  for (const [name, field] of Object.entries(TYPED) as [keyof typeof TYPED, string][]) entry[name] = text(form, field) || entry[name];
  Object.assign(entry, asWritten(form));
  const photos = form.getAll("photos").filter((file): file is File => file instanceof File && file.size > 0);
  entry.photos = [...entry.photos, ...photos];
  const danger = text(form, "danger");
  return key && entry.words.trim() && danger !== "yes" && danger !== "cannot_talk" ? entry : null;
}

export function formOf(entry: Waiting): FormData {
  const form = new FormData();
  form.set("d", entry.key);
  form.set("danger", "none");
  for (const name of ["words", "category", "address", "building", "lon", "lat", "name", "phone"] as const) form.set(name, entry[name]);
  if (!entry.name && !entry.phone) form.set("anonymous", "1");
  for (const photo of entry.photos) form.append("photos", photo, photo.name);
  return form;
}

export type Post = (entry: Waiting) => Promise<Outcome>;

// Hands in what is ready, one after the other; what the server has not answered for stays here.
export async function handIn(post: Post, told: (entry: Waiting, outcome: Outcome) => void): Promise<number> {
  const run = async (): Promise<number> => {
    const ready = (await waiting()).filter((entry) => entry.ready);
    let left = ready.length;
    for (const entry of ready) {
      try {
        const outcome = await post(entry);
        await drop(entry.key);
        left -= 1;
        told(entry, outcome);
      } catch {
        break; // no line yet
      }
    }
    return left;
  };
  return "locks" in navigator ? navigator.locks.request("shige-report", run) : run();
}
