import { expect, it } from "vitest";
import { made, newPage } from "../../tests/page";
import { draftAddress } from "./draft";

function opened(address: string, key?: string): string {
  newPage(address);
  if (key) document.body.append(made("input", { type: "hidden", name: "d", value: key }));
  draftAddress();
  return location.href;
}

it("puts the key of the form into the address, once", () => {
  expect(opened("http://shige.test/report/?c=02", "k1")).toBe("http://shige.test/report/?c=02&d=k1");
  expect(opened("http://shige.test/report/?d=old", "k1")).toBe("http://shige.test/report/?d=old");
});

it("leaves a page without a draft as it is", () => {
  expect(opened("http://shige.test/")).toBe("http://shige.test/");
});
