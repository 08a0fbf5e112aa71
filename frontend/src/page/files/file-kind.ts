// What a file is, told by its first bytes as on the server: names and types of a phone are often wrong.
const HEIF = new Set(["heic", "heix", "hevc", "heim", "heis", "mif1", "msf1", "avif", "avis"]);
const SIGNS = ["\xff\xd8\xff", "\x89PNG\r\n\x1a\n", "GIF87a", "GIF89a", "BM", "II*\0", "MM\0*"];
const READ = 1029;
const MOST_PIXELS = 60_000_000; // as on the server (files/pictures.py)

export type Kind = "picture" | "heif" | "pdf" | "other" | "empty" | "vast";

export function kindOf(head: string): Kind {
  if (!head) return "empty";
  if (isVast(head)) return "vast";
  if (head.slice(4, 8) === "ftyp") return HEIF.has(head.slice(8, 12)) ? "heif" : "other";
  if (SIGNS.some((sign) => head.startsWith(sign)) || /^RIFF....WEBP/s.test(head)) return "picture";
  return head.includes("%PDF-") ? "pdf" : "other";
}

// Of a PNG the header tells the size: one of too many pixels is not even drawn, for it may end a phone's browser.
function isVast(head: string): boolean {
  return head.startsWith("\x89PNG") && number(head, 16) * number(head, 20) > MOST_PIXELS;
}

function number(head: string, at: number): number {
  return [0, 1, 2, 3].reduce((sum, next) => 256 * sum + (head.charCodeAt(at + next) || 0), 0);
}

export async function kindOfFile(file: Blob): Promise<Kind> {
  const bytes = new Uint8Array(await file.slice(0, READ).arrayBuffer());
  return kindOf(String.fromCharCode(...bytes));
}
