import { beforeEach, expect, it } from "vitest";
import { LIFE } from "./draft";
import { forgetTaken, forgetTyped, noteTyped, typedOf } from "./typed-notes";

beforeEach(() => { sessionStorage.clear(); });

it("grows with what is typed, and is that of one report", () => {
  noteTyped("a", { words: "路灯" });
  noteTyped("a", { phone: "138" });
  expect(typedOf("a")).toEqual({ words: "路灯", phone: "138" });
  expect(typedOf("b")).toEqual({});
  noteTyped("b", { words: "井盖" });
  expect(typedOf("a")).toEqual({});
});

it("is gone when it is forgotten or too old", () => {
  noteTyped("a", { words: "路灯" }, 0);
  expect(typedOf("a", LIFE)).toEqual({ words: "路灯" });
  expect(typedOf("a", LIFE + 1)).toEqual({});
  forgetTyped();
  expect(sessionStorage.length).toBe(0);
});

it("keeps what the server called ordinary until it is sent, and nothing else", () => {
  noteTyped("a", { words: "他打我" }, 0);
  forgetTaken(1);
  expect(typedOf("a", 1)).toEqual({});
  noteTyped("a", { words: "路灯" }, 0, true);
  forgetTaken(1);
  expect(typedOf("a", 1)).toEqual({ words: "路灯" });
  forgetTaken(LIFE + 1);
  expect(sessionStorage.length).toBe(0);
});
