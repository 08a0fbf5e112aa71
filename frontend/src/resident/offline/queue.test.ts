// @vitest-environment node
import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import { LIFE } from "../../page/draft";
import { blank, drop, formOf, found, handIn, heldOf, put, waiting } from "./queue";

function form(fields: Record<string, string>): FormData {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) made.set(name, value);
  return made;
}

beforeEach(async () => {
  for (const entry of await waiting()) await drop(entry.key);
});

describe("what waits on the phone", () => {
  it("is found by its key and kept until it is too old", async () => {
    await put({ ...blank("a"), words: "路灯" });
    expect((await found("a"))?.words).toBe("路灯");
    expect(await waiting(Date.now() + LIFE - 1000)).toHaveLength(1);
    expect(await waiting(Date.now() + LIFE + 1000)).toHaveLength(0);
    expect(await waiting()).toHaveLength(0);
  });

  it("is handed in once, and stays where no answer came", async () => {
    await put({ ...blank("a"), words: "路灯", ready: true });
    await put({ ...blank("b"), words: "只写了一半" });
    const cut = (): Promise<never> => Promise.reject(new TypeError("no line"));
    expect(await handIn(cut, () => { throw new Error("nothing was sent"); })).toBe(1);
    expect(await waiting()).toHaveLength(2);
    const sent: string[] = [];
    const post = (entry: { key: string }): Promise<{ receipt: string }> => { sent.push(entry.key); return Promise.resolve({ receipt: "/m/x/" }); };
    expect(await handIn(post, () => undefined)).toBe(0);
    expect(await handIn(post, () => undefined)).toBe(0);
    expect(sent).toEqual(["a"]);
    expect((await waiting()).map((entry) => entry.key)).toEqual(["b"]);
  });
});

describe("a form whose sending failed", () => {
  it("is kept with what was said before", () => {
    const first = heldOf(form({ d: "k", words: "路灯", danger: "none" }));
    expect(first).toMatchObject({ key: "k", words: "路灯", ready: false });
    const later = heldOf(form({ d: "k", sofar: JSON.stringify({ words: "路灯", category: "02.1" }), lon: "104.1", lat: "30.6" }));
    expect(later).toMatchObject({ words: "路灯", category: "02.1", lon: "104.1" });
  });

  it("keeps that its address is filed as it was written, and no building of another press", () => {
    const first = heldOf(form({ d: "k", words: "路灯", q: "桂香桥下面", building: "written" }));
    expect(first).toMatchObject({ address: "桂香桥下面", building: "written" });
    expect(first && formOf(first).get("building")).toBe("written");
    expect(heldOf(form({ d: "k", words: "路灯", q: "桂香桥", building: "17" }))?.building).toBe("");
  });

  it.each(["yes", "cannot_talk"])("keeps nothing of somebody in danger (%s)", (danger) => {
    expect(heldOf(form({ d: "k", words: "他打我", danger }))).toBeNull();
  });

  it("keeps nothing without words or key", () => {
    expect(heldOf(form({ words: "路灯" }))).toBeNull();
    expect(heldOf(form({ d: "k" }))).toBeNull();
  });
});

it("is sent under the key of its form, without a name unless one was given", () => {
  const sent = formOf({ ...blank("k"), words: "路灯", photos: [new File(["x"], "a.jpg")] });
  expect([sent.get("d"), sent.get("danger"), sent.get("anonymous")]).toEqual(["k", "none", "1"]);
  expect(sent.getAll("photos")).toHaveLength(1);
  expect(formOf({ ...blank("k"), phone: "13812345678" }).get("anonymous")).toBeNull();
});
