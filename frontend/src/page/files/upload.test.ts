import { beforeEach, describe, expect, it, vi } from "vitest";
import { newPage } from "../../../tests/page";
import { send } from "./upload";

interface Options {
  endpoint: string;
  headers: Record<string, string>;
  urlStorage: { addUpload: (name: string, upload: object) => Promise<string>; findUploadsByFingerprint: (name: string) => Promise<object[]>; removeUpload: (name: string) => Promise<void>; findAllUploads: () => Promise<object[]> };
  fingerprint: () => Promise<string>;
  onProgress: (sent: number, all: number) => void;
  onShouldRetry: (error: { originalResponse: { getStatus: () => number } | null }) => boolean;
  onError: (error: Error) => void;
  onSuccess: () => void;
}

const tus = vi.hoisted((): { last: unknown; starts: number; aborts: (boolean | undefined)[]; resumed: unknown[]; before: unknown[] } => ({
  last: null, starts: 0, aborts: [], resumed: [], before: [],
}));
vi.mock("tus-js-client", () => ({
  Upload: class {
    url = "http://shige.test/files/u7/";

    constructor(_file: File, readonly options: unknown) {
      tus.last = options;
    }

    start(): void { tus.starts += 1; }
    abort(whole?: boolean): Promise<void> { tus.aborts.push(whole); return Promise.resolve(); }
    findPreviousUploads(): Promise<unknown[]> { return Promise.resolve(tus.before); }
    resumeFromPreviousUpload(one: unknown): void { tus.resumed.push(one); }
  },
}));

let told: string[];
let stop: AbortController;

beforeEach(() => {
  newPage("/report/");
  Object.assign(tus, { last: null, starts: 0, aborts: [], resumed: [], before: [] });
  told = [];
  stop = new AbortController();
});

async function begun(): Promise<{ done: Promise<string>; options: Options }> {
  const done = send(
    { file: new File(["x"], "a.jpg", { lastModified: 3 }), address: "/files/", token: "t", stop: stop.signal },
    { progress: (share) => told.push(`${share}`), broken: () => told.push("broken") },
  );
  done.catch(() => undefined);
  await vi.waitFor(() => { expect(tus.starts).toBe(1); });
  return { done, options: tus.last as Options };
}

const refused = (status: number): { originalResponse: { getStatus: () => number } | null } => ({ originalResponse: status ? { getStatus: () => status } : null });

describe("a file sent ahead", () => {
  it("gives its id once it has arrived", async () => {
    const { done, options } = await begun();
    options.onProgress(1, 4);
    options.onProgress(0, 0);
    options.onSuccess();
    expect(await done).toBe("u7");
    expect(told).toEqual(["0.25", "0"]);
    expect(options.headers).toEqual({ "X-CSRFToken": "t" });
  });

  it("tries again after a broken line or a busy server, not after a refusal", async () => {
    const { options } = await begun();
    expect([0, 503, 409, 413, 403].map((status) => options.onShouldRetry(refused(status)))).toEqual([true, true, true, false, false]);
    expect(told).toEqual(["broken", "broken", "broken"]);
  });

  it("goes on at once when the line is back, until it has arrived", async () => {
    const { done, options } = await begun();
    window.dispatchEvent(new Event("online"));
    await vi.waitFor(() => { expect(tus.starts).toBe(2); });
    options.onSuccess();
    await done;
    window.dispatchEvent(new Event("online"));
    await Promise.resolve();
    expect(tus.starts).toBe(2);
  });

  it("goes on where it stood before the page was loaded again", async () => {
    tus.before = [{ uploadUrl: "/files/u6/" }];
    await begun();
    expect(tus.resumed).toEqual([{ uploadUrl: "/files/u6/" }]);
  });

  it("is given up together with what has arrived of it", async () => {
    const { done } = await begun();
    stop.abort();
    await expect(done).rejects.toThrow("given up");
    expect(tus.aborts).toEqual([true]);
  });

  it("fails where the server does not take it this way", async () => {
    const { done, options } = await begun();
    options.onError(new Error("404"));
    await expect(done).rejects.toThrow("404");
  });

  it("is remembered by this tab alone, and no longer than needed", async () => {
    const { options: { urlStorage: kept, fingerprint } } = await begun();
    const name = await fingerprint();
    await kept.addUpload(name, { uploadUrl: "/files/u7/" });
    expect(await kept.findUploadsByFingerprint(name)).toEqual([{ uploadUrl: "/files/u7/", urlStorageKey: name }]);
    expect(await kept.findAllUploads()).toEqual([]);
    await kept.removeUpload(name);
    expect(await kept.findUploadsByFingerprint(name)).toEqual([]);
  });
});
