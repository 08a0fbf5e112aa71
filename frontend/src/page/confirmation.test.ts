import { beforeEach, expect, it } from "vitest";
import { made, newPage } from "../../tests/page";
import { confirmInPlace } from "./confirmation";

let button: HTMLButtonElement;
let carried: number;

beforeEach(() => {
  newPage();
  carried = 0;
  confirmInPlace();
  button = made("button", { "data-confirm": "Really?", "data-yes": "Yes", "data-no": "No", class: "btn btn-danger btn-quiet" });
  button.addEventListener("click", () => { carried += 1; });
  document.body.append(button);
});

function answers(): [question: string | undefined, yes: HTMLButtonElement, no: HTMLButtonElement] {
  const [yes, no] = document.querySelectorAll<HTMLButtonElement>(".confirm button");
  if (!yes || !no) throw new Error("nothing is asked");
  return [document.querySelector(".confirm")?.firstElementChild?.textContent, yes, no];
}

it("asks in the place of the button, and does nothing yet", () => {
  button.click();
  const [question, yes, no] = answers();
  expect([question, yes.textContent, no.textContent]).toEqual(["Really?", "Yes", "No"]);
  expect(button.hidden).toBe(true);
  expect(document.activeElement).toBe(no);
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
  expect(document.querySelector(".confirm")).toBeNull();
  expect([button.hidden, carried]).toEqual([false, 0]);
  expect(document.activeElement).toBe(button);
});

it("leaves other buttons alone", () => {
  const other = made("button");
  let pressed = 0;
  other.addEventListener("click", () => { pressed += 1; });
  document.body.append(other);
  other.click();
  expect(pressed).toBe(1);
});
