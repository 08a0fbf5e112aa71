import { expect, it } from "vitest";
import { kindOf } from "./file-kind";
import { fit } from "./photo-size";

function png(...sides: number[]): string {
  const numbers = sides.map((side) => String.fromCharCode(side >>> 24, (side >>> 16) & 255, (side >>> 8) & 255, side & 255));
  return `\x89PNG\r\n\x1a\n\0\0\0\rIHDR${numbers.join("")}`;
}

it.each([
  ["\xff\xd8\xff\xe0", "picture"], ["\x89PNG\r\n\x1a\n", "picture"], ["RIFF....WEBP", "picture"], ["RIFF....WAVE", "other"],
  ["\0\0\0\x18ftypheic", "heif"], ["\0\0\0\x18ftypavif", "heif"], ["\0\0\0\x18ftypmp42", "other"],
  ["%PDF-1.4", "pdf"], ["Content-Type: x\r\n\r\n%PDF-1.4", "pdf"], ["PK\x03\x04", "other"], ["", "empty"], ["<svg", "other"],
  [png(20000, 20000), "vast"], [png(4000, 3000), "picture"],
])("tells %j by its first bytes", (head, kind) => {
  expect(kindOf(head)).toBe(kind);
});

it.each([
  [4000, 3000, 1600, 1200], [3000, 4000, 1600, 2133], [1080, 12000, 1080, 12000], [1170, 20000, 967, 16538], [800, 600, 800, 600],
  [1, 1, 1, 1], [60000, 2, 1600, 1],
])("fits %i x %i as the server does", (width, height, fitWidth, fitHeight) => {
  expect(fit(width, height)).toEqual([fitWidth, fitHeight]);
});
