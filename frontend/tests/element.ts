// An element of a page for tests.
import { FakeEvent, Target } from "./event";
import type { FakeDocument } from "./page";
import { matches } from "./selector";

export class FakeElement extends Target {
  readonly attributes = new Map<string, string>();
  readonly style: Record<string, string> = {};
  childNodes: (FakeElement | string)[] = [];
  parentElement: FakeElement | null = null;
  readonly tagName: string;
  readonly classList = {
    contains: (name: string): boolean => this.className.split(" ").includes(name),
    add: (name: string): void => { this.classList.toggle(name, true); },
    remove: (name: string): void => { this.classList.toggle(name, false); },
    toggle: (name: string, on = !this.classList.contains(name)): void => {
      this.className = [...this.className.split(" ").filter((one) => one && one !== name), ...(on ? [name] : [])].join(" ");
    },
  };
  readonly dataset = new Proxy<Record<string, string>>({}, {
    get: (_, name: string) => this.getAttribute(dashed(name)) ?? undefined,
    set: (_, name: string, value: string) => { this.setAttribute(dashed(name), value); return true; },
    deleteProperty: (_, name: string) => { this.removeAttribute(dashed(name)); return true; },
    has: (_, name: string) => this.attributes.has(dashed(name)),
  });
  declare id: string;
  declare href: string;
  declare name: string;
  declare type: string;
  declare value: string;
  declare alt: string;
  declare src: string;
  declare download: string;
  declare className: string;
  declare hidden: boolean;
  declare disabled: boolean;
  declare checked: boolean;
  declare open: boolean;

  constructor(tag: string, readonly ownerDocument: FakeDocument | null = null) {
    super();
    this.tagName = tag.toUpperCase();
  }

  get children(): FakeElement[] {
    return this.childNodes.filter((one): one is FakeElement => typeof one !== "string");
  }

  get textContent(): string {
    return this.childNodes.map((one) => (typeof one === "string" ? one : one.textContent)).join("");
  }

  set textContent(words: string) {
    this.replaceChildren(...(words ? [words] : []));
  }

  get isConnected(): boolean {
    return this === this.ownerDocument?.documentElement || (this.parentElement?.isConnected ?? false);
  }

  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }

  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }

  toggleAttribute(name: string, on = !this.attributes.has(name)): boolean {
    if (on) this.setAttribute(name, "");
    else this.removeAttribute(name);
    return on;
  }

  append(...nodes: (FakeElement | string)[]): void {
    this.insert(this.childNodes.length, nodes);
  }

  before(...nodes: (FakeElement | string)[]): void {
    this.parentElement?.insert(this.parentElement.childNodes.indexOf(this), nodes);
  }

  after(...nodes: (FakeElement | string)[]): void {
    this.parentElement?.insert(this.parentElement.childNodes.indexOf(this) + 1, nodes);
  }

  insertBefore(node: FakeElement, at: FakeElement | null): void {
    this.insert(at ? this.childNodes.indexOf(at) : this.childNodes.length, [node]);
  }

  replaceChildren(...nodes: (FakeElement | string)[]): void {
    for (const one of this.children) one.parentElement = null;
    this.childNodes = [];
    this.append(...nodes);
  }

  replaceWith(node: FakeElement): void {
    this.before(node);
    this.remove();
  }

  remove(): void {
    const siblings = this.parentElement?.childNodes ?? [];
    if (siblings.includes(this)) siblings.splice(siblings.indexOf(this), 1);
    this.parentElement = null;
  }

  private insert(at: number, nodes: (FakeElement | string)[]): void {
    for (const one of nodes) {
      if (typeof one === "string") continue;
      one.remove();
      one.parentElement = this;
    }
    this.childNodes.splice(at, 0, ...nodes);
  }

  get previousElementSibling(): FakeElement | null {
    const all = this.parentElement?.children ?? [];
    return all[all.indexOf(this) - 1] ?? null;
  }

  contains(other: FakeElement | null): boolean {
    return other !== null && (other === this || this.contains(other.parentElement));
  }

  matches(selector: string): boolean {
    return matches(this, selector);
  }

  closest(selector: string): FakeElement | null {
    return this.matches(selector) ? this : this.parentElement?.closest(selector) ?? null;
  }

  querySelectorAll(selector: string): FakeElement[] {
    return this.children.flatMap((one) => [...(one.matches(selector) ? [one] : []), ...one.querySelectorAll(selector)]);
  }

  querySelector(selector: string): FakeElement | null {
    return this.querySelectorAll(selector)[0] ?? null;
  }

  private line(): FakeElement[] {
    return [this, ...(this.parentElement?.line() ?? [])];
  }

  dispatchEvent(event: FakeEvent): boolean {
    event.target ??= this;
    const path: Target[] = [...this.line(), ...(this.ownerDocument ? [this.ownerDocument] : [])];
    for (const at of [...path].reverse()) at.hear(event, true);
    for (const at of event.bubbles ? path : path.slice(0, 1)) at.hear(event, false);
    return !event.defaultPrevented;
  }

  click(): void {
    this.dispatchEvent(new FakeEvent("click", { bubbles: true }));
  }

  focus(): void {
    if (this.ownerDocument) this.ownerDocument.activeElement = this;
  }

  scrollIntoView(): void {
    this.dataset.seen = "";
  }
}

for (const name of ["id", "href", "name", "type", "value", "method", "alt", "src", "download"]) {
  Object.defineProperty(FakeElement.prototype, name, {
    get(this: FakeElement) { return this.getAttribute(name) ?? ""; },
    set(this: FakeElement, value: string) { this.setAttribute(name, value); },
  });
}
Object.defineProperty(FakeElement.prototype, "className", {
  get(this: FakeElement) { return this.getAttribute("class") ?? ""; },
  set(this: FakeElement, value: string) { this.setAttribute("class", value); },
});
for (const name of ["hidden", "disabled", "checked", "open"]) {
  Object.defineProperty(FakeElement.prototype, name, {
    get(this: FakeElement) { return this.attributes.has(name); },
    set(this: FakeElement, on: boolean) { this.toggleAttribute(name, on); },
  });
}

function dashed(name: string): string {
  return `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
