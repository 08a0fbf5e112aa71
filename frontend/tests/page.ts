// A page for tests without a browser: as much of a document as our scripts use. What a browser draws, focuses or asks the
// system for is not here; tests/browser plays that in a real one.
import { FakeElement } from "./element";
import { FakeEvent, Target } from "./event";

export { FakeElement } from "./element";

export class FakeDocument extends Target {
  readonly documentElement = new FakeElement("html", this);
  readonly head = new FakeElement("head", this);
  readonly body = new FakeElement("body", this);
  activeElement: FakeElement | null = null;
  title = "";
  cookie = "";

  constructor() {
    super();
    this.documentElement.append(this.head, this.body);
  }

  createElement(tag: string): FakeElement {
    return new FakeElement(tag, this);
  }

  createElementNS(_space: string, tag: string): FakeElement {
    return this.createElement(tag);
  }

  getElementById(id: string): FakeElement | null {
    return id ? this.querySelector(`#${id}`) : null;
  }

  querySelector(selector: string): FakeElement | null {
    return this.querySelectorAll(selector)[0] ?? null;
  }

  querySelectorAll(selector: string): FakeElement[] {
    return this.documentElement.querySelectorAll(selector);
  }

  dispatchEvent(event: FakeEvent): boolean {
    this.hear(event, true);
    this.hear(event, false);
    return !event.defaultPrevented;
  }
}

/** Make an element with attributes (`true` for one without a value) and what stands in it. */
export function made(tag: string, attributes: Record<string, string | true> = {}, ...nodes: (FakeElement | string)[]): FakeElement {
  const element = (document as unknown as FakeDocument).createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value === true ? "" : value);
  element.append(...nodes);
  return element;
}

/** Begin a fresh page with something in its body; what its scripts ask of the window is heard by it as well. */
export function newPage(globals: Record<string, unknown> = {}): FakeDocument {
  const page = new FakeDocument();
  const storage = new Map<string, string>();
  Object.assign(globalThis, {
    document: page,
    HTMLElement: FakeElement,
    Event: FakeEvent,
    CustomEvent: FakeEvent,
    addEventListener: page.addEventListener.bind(page),
    sessionStorage: {
      getItem: (name: string) => storage.get(name) ?? null,
      setItem: (name: string, value: string) => { storage.set(name, value); },
      removeItem: (name: string) => { storage.delete(name); },
    },
    ...globals,
  });
  return page;
}
