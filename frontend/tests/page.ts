// What tests of our scripts need beside the DOM itself, which is happy-dom's. What a browser draws or asks the system for is
// not there; tests/browser plays that in a real one.
import { vi } from "vitest";

// Document and window stay the same for all tests of a file: what scripts of one page heard there must not hear the next.
const leave: (() => void)[] = [];
for (const target of [document, window]) {
  const add = target.addEventListener.bind(target);
  target.addEventListener = (...[type, act, how]: Parameters<typeof add>): void => {
    add(type, act, how);
    leave.push(() => { target.removeEventListener(type, act, how); });
  };
}

/** Make an element with attributes (`true` for one without a value) and what stands in it. */
export function made<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag, attributes: Record<string, string | true> = {}, ...nodes: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value === true ? "" : value);
  element.append(...nodes);
  return element;
}

/** Give an element or an event what only a browser would: its measures, its time, what scripts may not write themselves. */
export function given<Thing extends object>(thing: Thing, more: Record<string, unknown>): Thing {
  for (const [name, value] of Object.entries(more)) Object.defineProperty(thing, name, { value, configurable: true, writable: true });
  return thing;
}

/** Begin a fresh page under an address: nothing in it, nobody who listens, nothing noted in the tab, every stub taken back. */
export function newPage(address = "/"): void {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  for (const one of leave.splice(0)) one();
  document.open();
  sessionStorage.clear();
  history.replaceState(null, "", address);
}
