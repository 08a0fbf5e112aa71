// Selectors as our scripts use them: tag, class, id, attributes, :not, :is, :has and :checked, one below another.
import type { FakeElement } from "./element";

const PSEUDO = /:(not|is|has|checked)(?:\(((?:[^()]|\([^()]*\))*)\))?/g;
const ATTRIBUTE = /\[([\w-]+)(?:(\$?=)["']?([^"'\]]*)["']?)?\]/g;

const MET: Record<string, (element: FakeElement, given: string) => boolean> = {
  not: (element, given) => !matches(element, given),
  is: (element, given) => matches(element, given),
  has: (element, given) => element.querySelector(given) !== null,
  checked: (element) => element.attributes.has("checked"),
};

/** Whether an element is meant by a selector. */
export function matches(element: FakeElement, selector: string): boolean {
  return split(selector, ",").some((one) => follows(element, split(one, " ")));
}

// The last step must fit the element itself, those before it something above: directly after a `>`.
function follows(element: FakeElement, steps: string[]): boolean {
  const last = steps.at(-1);
  if (last === undefined || !fits(element, last)) return false;
  const before = steps.slice(0, -1);
  if (!before.length) return true;
  const direct = before.at(-1) === ">";
  const rest = direct ? before.slice(0, -1) : before;
  for (let above = element.parentElement; above; above = direct ? null : above.parentElement) if (follows(above, rest)) return true;
  return false;
}

function fits(element: FakeElement, step: string): boolean {
  const pseudo = [...step.matchAll(PSEUDO)];
  const plain = step.replace(PSEUDO, "");
  const names = plain.replace(ATTRIBUTE, "");
  return pseudo.every(([, kind = "", given = ""]) => MET[kind]?.(element, given))
    && [...plain.matchAll(ATTRIBUTE)].every(([, name = "", sign, wanted = ""]) => holds(element.getAttribute(name), sign, wanted))
    && [...names.matchAll(/\.([\w-]+)/g)].every(([, name = ""]) => element.classList.contains(name))
    && [...names.matchAll(/#([\w-]+)/g)].every(([, id]) => element.getAttribute("id") === id)
    && [...names.matchAll(/^[\w-]+/g)].every(([tag]) => element.tagName === tag.toUpperCase());
}

function holds(value: string | null, sign: string | undefined, wanted: string): boolean {
  if (value === null || sign === undefined) return value !== null;
  return sign === "=" ? value === wanted : value.endsWith(wanted);
}

/** Split at a sign that stands outside brackets. */
function split(selector: string, sign: "," | " "): string[] {
  const parts: string[] = [];
  let [part, depth] = ["", 0];
  for (const character of selector) {
    if ("([".includes(character)) depth += 1;
    if (")]".includes(character)) depth -= 1;
    if (character === sign && depth === 0) {
      parts.push(part);
      part = "";
    } else part += character;
  }
  return [...parts, part].map((one) => one.trim()).filter(Boolean);
}
