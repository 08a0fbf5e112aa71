import { beforeEach, expect, it } from "vitest";
import { made, newPage, type FakeDocument, type FakeElement } from "../../tests/page";
import { confirmInPlace } from "./confirmation";

let page: FakeDocument;
let button: FakeElement;
let carried: number;

beforeEach(() => {
  page = newPage();
  carried = 0;
  confirmInPlace();
  button = made("button", { "data-confirm": "Really?", "data-yes": "Yes", "data-no": "No", class: "btn btn-danger btn-quiet" });
  button.addEventListener("click", () => { carried += 1; });
  page.body.append(button);
});

function answers(): [question: string | undefined, yes: FakeElement, no: FakeElement] {
  const [question, yes, no] = page.querySelector(".confirm")?.children ?? [];
  if (!yes || !no) throw new Error("nothing is asked");
  return [question?.textContent, yes, no];
}

it("asks in the place of the button, and does nothing yet", () => {
  button.click();
  const [question, yes, no] = answers();
  expect([question, yes.textContent, no.textContent]).toEqual(["Really?", "Yes", "No"]);
  expect(button.hidden).toBe(true);
  expect(page.activeElement).toBe(no);
  expect(carried).toBe(0);
});

it("does it at a yes, once", () => {
  button.click();
  const [, yes] = answers();
  yes.click();
  expect(carried).toBe(1);
  expect(yes.disabled).toBe(true);
});

it("puts the button back at a no", () => {
  button.click();
  const [, , no] = answers();
  no.click();
  expect(page.querySelector(".confirm")).toBeNull();
  expect([button.hidden, carried]).toEqual([false, 0]);
  expect(page.activeElement).toBe(button);
});

it("leaves other buttons alone", () => {
  const other = made("button");
  let pressed = 0;
  other.addEventListener("click", () => { pressed += 1; });
  page.body.append(other);
  other.click();
  expect(pressed).toBe(1);
});
