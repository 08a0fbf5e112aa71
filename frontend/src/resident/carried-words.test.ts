import { describe, expect, it } from "vitest";
import { made, newPage } from "../../tests/page";
import { carryWords } from "./carried-words";

const PAGE = "/m/7K3M/";
const field = (id: string): HTMLTextAreaElement | HTMLInputElement => document.querySelector(`#${id}`) ?? made("input");

function opened(path = PAGE, ...fields: HTMLElement[]): void {
  const kept = sessionStorage.getItem("carried");
  newPage(path);
  if (kept) sessionStorage.setItem("carried", kept);
  document.body.append(made("main", {}, ...fields));
  carryWords();
}

function form(action: string, ...fields: HTMLElement[]): HTMLFormElement {
  return made("form", { action }, ...fields);
}

function both(): HTMLElement[] {
  const phone = made("input", { id: "phone", type: "tel", value: "13812345678" });
  return [form("answer/", made("textarea", { id: "add" })), made("details", {}, form("told/", made("textarea", { id: "review" }), phone))];
}

function send(at: number, ...more: [string, string][]): void {
  for (const [id, words] of more) field(id).value = words;
  document.querySelectorAll("form")[at]?.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));
}

describe("what is typed in one form while another is sent", () => {
  it("stands in its field again, once, and its fold is open", () => {
    opened(PAGE, ...both());
    send(0, ["add", "发出的"], ["review", "还没写完"]);
    opened(PAGE, ...both());
    expect([field("add").value, field("review").value]).toEqual(["", "还没写完"]);
    expect(document.querySelector("details")?.open).toBe(true);
    opened(PAGE, ...both());
    expect(field("review").value).toBe("");
  });

  it("outlasts a page between that asks for none of it, and no other page", () => {
    opened(PAGE, ...both());
    send(0, ["review", "还没写完"]);
    opened(`${PAGE}answer/`);
    opened(PAGE, ...both());
    expect(field("review").value).toBe("还没写完");
    send(0);
    opened("/");
    opened(PAGE, ...both());
    expect(field("review").value).toBe("");
  });

  it("is not what the server had filled in: a number that was deleted stays deleted", () => {
    opened(PAGE, ...both());
    send(0, ["add", "发出的"]);
    const emptied = both();
    emptied[1]?.querySelector("input")?.removeAttribute("value");
    opened(PAGE, ...emptied);
    expect(field("phone").value).toBe("");
  });

  it("stays when the language is changed, also what the server had repeated", () => {
    opened(PAGE, ...both(), made("form", { "data-languages": true, action: "/i18n/" }));
    send(2, ["add", "补充"]);
    opened(PAGE, ...both());
    expect(field("add").value).toBe("补充");
  });
});
