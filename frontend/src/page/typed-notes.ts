// What is typed and was not sent yet, for this tab alone: a reload must not lose it, and nobody who opens the pages
// later may find it. The next page that the server answers takes over what was typed without a line, and removes it
// here; what the server has called ordinary stays until it is sent, or its time is over.
import { LIFE } from "./draft";

const NAME = "typed";

export type Typed = Partial<Record<string, string>>;

interface Noted {
  key: string;
  at: number;
  typed: Typed;
  ordinary: boolean;
}

export function noteTyped(key: string, typed: Typed, now = Date.now(), ordinary = false): void {
  const noted: Noted = { key, at: now, typed: { ...typedOf(key, now), ...typed }, ordinary };
  sessionStorage.setItem(NAME, JSON.stringify(noted));
}

export function typedOf(key: string, now = Date.now()): Typed {
  const noted = held();
  return noted?.key === key && now - noted.at <= LIFE ? noted.typed : {};
}

export function forgetTaken(now = Date.now()): void {
  const noted = held();
  if (!noted?.ordinary || now - noted.at > LIFE) forgetTyped();
}

function held(): Noted | null {
  return JSON.parse(sessionStorage.getItem(NAME) ?? "null") as Noted | null;
}

export function forgetTyped(): void {
  sessionStorage.removeItem(NAME);
}
