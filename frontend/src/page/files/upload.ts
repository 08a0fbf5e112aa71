// Sends a file ahead of its form, piece by piece (tus): after a broken connection it goes on where it stood, also
// when the page was loaded again and the same file is chosen.
import type { DetailedError, PreviousUpload, Upload, UrlStorage } from "tus-js-client";

const PIECE = 256 * 1024;
const WAITS = [1000, 2000, 4000, ...Array<number>(400).fill(8000)];

export interface Told {
  progress: (share: number) => void;
  broken: () => void;
}

export interface Sending {
  file: File;
  address: string;
  token: string;
  stop: AbortSignal;
}

// Gives the upload's id once the whole file has arrived; fails where the server does not take it this way.
export async function send({ file, address, token, stop }: Sending, told: Told): Promise<string> {
  const tus = await import("tus-js-client");
  return new Promise((resolve, reject) => {
    const upload: Upload = new tus.Upload(file, {
      endpoint: address,
      chunkSize: PIECE,
      retryDelays: WAITS,
      headers: { "X-CSRFToken": token },
      metadata: { filename: file.name },
      urlStorage: new TabStorage(),
      removeFingerprintOnSuccess: true,
      fingerprint: () => Promise.resolve(`upload ${address} ${file.name} ${file.size} ${file.lastModified}`),
      onProgress: (sent, all) => { told.progress(all ? sent / all : 0); },
      onShouldRetry: (error) => worthAnother(error, told),
      onError: reject,
      onSuccess: () => {
        window.removeEventListener("online", hurry);
        resolve(idIn(upload.url ?? ""));
      },
    });
    const hurry = (): void => { void upload.abort().then(() => { upload.start(); }); };
    window.addEventListener("online", hurry);
    stop.addEventListener("abort", () => {
      window.removeEventListener("online", hurry);
      void upload.abort(true).catch(() => undefined);
      reject(new DOMException("given up", "AbortError"));
    });
    void begin(upload);
  });
}

async function begin(upload: Upload): Promise<void> {
  const [before] = await upload.findPreviousUploads();
  if (before) upload.resumeFromPreviousUpload(before);
  upload.start();
}

// A refusal of the server is final; a broken line, an overloaded server or a piece that overtook another is not.
function worthAnother(error: DetailedError, told: Told): boolean {
  const status = error.originalResponse?.getStatus() ?? 0;
  const again = status === 0 || status >= 500 || status === 409;
  if (again) told.broken();
  return again;
}

function idIn(place: string): string {
  return new URL(place, location.href).pathname.replace(/\/$/, "").split("/").pop() ?? "";
}

// Where uploads stand is remembered for this tab only: a shared phone keeps no names of files.
class TabStorage implements UrlStorage {
  findAllUploads(): Promise<PreviousUpload[]> {
    return Promise.resolve([]);
  }

  findUploadsByFingerprint(fingerprint: string): Promise<PreviousUpload[]> {
    const held = sessionStorage.getItem(fingerprint);
    return Promise.resolve(held ? [{ ...JSON.parse(held) as PreviousUpload, urlStorageKey: fingerprint }] : []);
  }

  removeUpload(key: string): Promise<void> {
    sessionStorage.removeItem(key);
    return Promise.resolve();
  }

  addUpload(fingerprint: string, upload: PreviousUpload): Promise<string> {
    sessionStorage.setItem(fingerprint, JSON.stringify(upload));
    return Promise.resolve(fingerprint);
  }
}
