import { expect, it } from "vitest";
import { made } from "../../tests/page";
import { asWrittenAway } from "./as-written";

it("takes over what is typed as the place, without a line too", () => {
  const typed = made("input", { id: "id_q" });
  const taken = made("input", { name: "q", type: "hidden" });
  typed.value = "桂香桥";
  document.body.append(typed, made("form", { "data-as-written": true }, taken));
  asWrittenAway();
  expect(taken.value).toBe("桂香桥");
  typed.value = "桂香桥下面";
  typed.dispatchEvent(new Event("input"));
  expect(taken.value).toBe("桂香桥下面");
});
