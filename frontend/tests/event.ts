// Events of a page for tests, and what listens to them.
import type { FakeElement } from "./element";

type Listener = (event: FakeEvent) => void;

export interface EventGiven {
  bubbles?: boolean;
  [name: string]: unknown;
}

export class FakeEvent {
  target: FakeElement | null = null;
  defaultPrevented = false;
  stopped = false;
  readonly bubbles: boolean;

  constructor(readonly type: string, given: EventGiven = {}) {
    this.bubbles = given.bubbles ?? false;
    for (const [name, value] of Object.entries(given)) if (name !== "bubbles") Object.assign(this, { [name]: value });
  }

  preventDefault(): void {
    this.defaultPrevented = true;
  }

  stopImmediatePropagation(): void {
    this.stopped = true;
  }
}

export class Target {
  private readonly listeners: { type: string; act: Listener; capture: boolean; once: boolean }[] = [];

  addEventListener(type: string, act: Listener, how: boolean | { once?: boolean; capture?: boolean } = false): void {
    const given = typeof how === "boolean" ? { capture: how } : how;
    this.listeners.push({ type, act, capture: given.capture ?? false, once: given.once ?? false });
  }

  removeEventListener(type: string, act: Listener): void {
    const at = this.listeners.findIndex((one) => one.type === type && one.act === act);
    if (at >= 0) this.listeners.splice(at, 1);
  }

  hear(event: FakeEvent, capture: boolean): void {
    for (const one of this.listeners.filter((each) => each.type === event.type && each.capture === capture)) {
      if (event.stopped) return;
      if (one.once) this.removeEventListener(one.type, one.act);
      one.act(event);
    }
  }
}
