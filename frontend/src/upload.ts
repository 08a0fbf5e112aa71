// Sends a file piece by piece (tus 1.0.0): after a broken connection it goes on where it stood.
const PIECE = 256 * 1024;
const WAITS = [1000, 2000, 4000, 8000];
const SPEAKING = { "Tus-Resumable": "1.0.0" };

export class Refused extends Error {}

export interface Told {
  progress: (share: number) => void;
  broken: () => void;
}

interface Sending {
  file: File;
  address: string;
  token: string;
  stop: AbortSignal;
}

// Gives the upload's id once the whole file has arrived; Refused where the server does not take it this way.
export async function send(sending: Sending, told: Told): Promise<string> {
  for (let failures = 0; ;) {
    try {
      return await attempt(sending, (share) => {
        failures = 0;
        told.progress(share);
      });
    } catch (error) {
      if (sending.stop.aborted || error instanceof Refused) throw error;
      if (error instanceof Gone) {
        forget(sending);
      } else {
        told.broken();
        await pause(WAITS[Math.min(failures, WAITS.length - 1)] ?? 0, sending.stop);
      }
      failures += 1;
    }
  }
}

async function attempt(sending: Sending, progress: (share: number) => void): Promise<string> {
  const known = remembered(sending);
  const place = known || await begun(sending);
  let offset = known ? await cameTo(place, sending) : 0;
  while (offset < sending.file.size) {
    progress(offset / sending.file.size);
    offset = await sent(place, offset, sending);
  }
  forget(sending);
  return place.replace(/\/$/, "").split("/").pop() ?? "";
}

class Gone extends Error {}

async function begun({ file, address, token, stop }: Sending): Promise<string> {
  const name = btoa(String.fromCharCode(...new TextEncoder().encode(file.name)));
  const answer = await fetch(address, {
    method: "POST",
    headers: {
      ...SPEAKING, "X-CSRFToken": token, "Upload-Length": String(file.size), "Upload-Metadata": `filename ${name}`,
    },
    signal: stop,
  });
  const place = answer.headers.get("Location") ?? "";
  if (answer.status !== 201 || !place) throw answer.status >= 500 ? new Error() : new Refused();
  remember({ file, address, token, stop }, place);
  return place;
}

async function cameTo(place: string, { stop }: Sending): Promise<number> {
  const answer = await fetch(place, { method: "HEAD", headers: SPEAKING, signal: stop });
  if (answer.status === 404) throw new Gone();
  return offsetOf(answer);
}

async function sent(place: string, offset: number, { file, token, stop }: Sending): Promise<number> {
  const answer = await fetch(place, {
    method: "PATCH",
    headers: {
      ...SPEAKING, "X-CSRFToken": token, "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream",
    },
    body: file.slice(offset, offset + PIECE),
    signal: stop,
  });
  if (answer.status === 413 || answer.status === 403) throw new Refused();
  return offsetOf(answer);
}

function offsetOf(answer: Response): number {
  const said = answer.headers.get("Upload-Offset");
  if (!answer.ok || said === null) throw new Error(String(answer.status));
  return Number(said);
}

// Waits, but no longer than until the browser says that the connection is back.
function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      window.removeEventListener("online", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    window.addEventListener("online", end);
    stop.addEventListener("abort", end);
  });
}

// Where an upload stands is remembered until it has arrived: whoever loads the page again and chooses the same
// file goes on.
function key({ file, address }: Sending): string {
  return `upload ${address} ${file.name} ${file.size} ${file.lastModified}`;
}

function remembered(sending: Sending): string {
  return sessionStorage.getItem(key(sending)) ?? "";
}

function remember(sending: Sending, place: string): void {
  sessionStorage.setItem(key(sending), place);
}

function forget(sending: Sending): void {
  sessionStorage.removeItem(key(sending));
}
