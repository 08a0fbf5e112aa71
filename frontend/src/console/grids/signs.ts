// The map's small signs, drawn on a canvas at twice their size: no picture files, sharp on every screen.
import type { Map as MapLibre } from "maplibre-gl";

export const COLOURS = {
  community: "#334155",
  general: "#1d4ed8",
  exclusive: "#6d28d9",
  breach: "#b45309",
  ink: "#1c2430",
} as const;

const RATIO = 2;
type Draw = (pen: CanvasRenderingContext2D, size: number) => void;

function drawn(size: number, draw: Draw): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size * RATIO;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.scale(RATIO, RATIO);
  pen.lineJoin = pen.lineCap = "round";
  draw(pen, size);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

// Diagonals that meet over the edges of the square, so that the pattern has no seam.
const hatch = (colour: string): Draw => (pen, size) => {
  pen.strokeStyle = colour;
  pen.lineWidth = 1.6;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift - 2, size + 2);
    pen.lineTo(shift + size + 2, -2);
  }
  pen.stroke();
};

const breach: Draw = (pen, size) => {
  pen.beginPath();
  pen.moveTo(size / 2, 2.5);
  pen.lineTo(size - 2, size - 3);
  pen.lineTo(2, size - 3);
  pen.closePath();
  pen.fillStyle = "#fff4dd";
  pen.strokeStyle = COLOURS.breach;
  pen.lineWidth = 2;
  pen.fill();
  pen.stroke();
  pen.beginPath();
  pen.moveTo(size / 2, 8);
  pen.lineTo(size / 2, size - 9.5);
  pen.moveTo(size / 2, size - 6.2);
  pen.lineTo(size / 2, size - 6);
  pen.stroke();
};

const stairs: Draw = (pen, size) => {
  pen.fillStyle = "#fff";
  pen.strokeStyle = COLOURS.ink;
  pen.lineWidth = 1.2;
  pen.beginPath();
  pen.roundRect(1, 1, size - 2, size - 2, 3);
  pen.fill();
  pen.stroke();
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(4, size - 4.5);
  for (const [x, y] of [[8, 15], [8, 11.5], [12, 11.5], [12, 8], [16, 8], [16, 5]] as const) pen.lineTo(x, y);
  pen.stroke();
};

const badge: Draw = (pen, size) => {
  pen.beginPath();
  pen.arc(size / 2, size / 2, size / 2 - 1.5, 0, 2 * Math.PI);
  pen.fillStyle = COLOURS.general;
  pen.strokeStyle = "#fff";
  pen.lineWidth = 2;
  pen.fill();
  pen.stroke();
};

/** The hatching of grids that are missing something, in the colour of what breaks a rule. */
export function addGapHatch(map: MapLibre): void {
  map.addImage("gap", drawn(12, hatch(COLOURS.breach)), { pixelRatio: RATIO });
}

export function addSigns(map: MapLibre): void {
  map.addImage("hatch", drawn(12, hatch(COLOURS.exclusive)), { pixelRatio: RATIO });
  map.addImage("breach", drawn(22, breach), { pixelRatio: RATIO });
  map.addImage("stairs", drawn(20, stairs), { pixelRatio: RATIO });
  const middle = 13 * RATIO;
  map.addImage("badge", drawn(26, badge), {
    pixelRatio: RATIO,
    stretchX: [[middle - 1, middle + 1]],
    content: [8, 8, 44, 44],
  });
}
