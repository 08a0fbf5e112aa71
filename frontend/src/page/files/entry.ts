import type { Kind } from "./file-kind";

export interface Entry {
  name: string;
  file: File;
  kind: Kind;
  ready: boolean;
  wrong: string;
  note: string;
  share: number;
  id: string;
  asked: boolean;
  stop: AbortController;
  sent: Promise<void>;
  done: Promise<void>;
  preview: HTMLElement;
}
