// What a file is, told by its first bytes as on the server: names and types of a phone are often wrong.
const HEIF = new Set(["heic", "heix", "hevc", "heim", "heis", "mif1", "msf1", "avif", "avis"]);
const SIGNS = ["\xff\xd8\xff", "\x89PNG\r\n\x1a\n", "GIF87a", "GIF89a", "BM", "II*\0", "MM\0*"];
const READ = 1029;

export type Kind = "picture" | "heif" | "pdf" | "other";

export function kindOf(head: string): Kind {
  if (head.slice(4, 8) === "ftyp") return HEIF.has(head.slice(8, 12)) ? "heif" : "other";
  if (SIGNS.some((sign) => head.startsWith(sign))) return "picture";
  if (head.startsWith("RIFF") && head.slice(8, 12) === "WEBP") return "picture";
  return head.includes("%PDF-") ? "pdf" : "other";
}

export async function kindOfFile(file: Blob): Promise<Kind> {
  const bytes = new Uint8Array(await file.slice(0, READ).arrayBuffer());
  return kindOf(String.fromCharCode(...bytes));
}
