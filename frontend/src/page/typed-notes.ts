// What is typed while the line is away, for this tab alone: a reload must not lose it, and nobody who opens the pages
// later may find it. The next page that the server answers takes it over and removes it here.
import { LIFE } from "./draft";

const NAME = "typed";

export type Typed = Partial<Record<string, string>>;

interface Noted {
  key: string;
  at: number;
  typed: Typed;
}

export function noteTyped(key: string, typed: Typed, now = Date.now()): void {
  const noted: Noted = { key, at: now, typed: { ...typedOf(key, now), ...typed } };
  sessionStorage.setItem(NAME, JSON.stringify(noted));
}

export function typedOf(key: string, now = Date.now()): Typed {
  const noted = JSON.parse(sessionStorage.getItem(NAME) ?? "null") as Noted | null;
  return noted?.key === key && now - noted.at <= LIFE ? noted.typed : {};
}

export function forgetTyped(): void {
  sessionStorage.removeItem(NAME);
}
