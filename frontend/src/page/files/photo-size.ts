// Large photos are made smaller before they are sent, upright as the camera was held. What this browser cannot
// draw (HEIC in some) goes as it is.
const WIDEST = 1600;
const LARGEST = 16_000_000;
const SMALL_ENOUGH = 700 * 1024;

// The size in which a picture is kept: at most so wide, and of so large an area, so that a long screenshot stays
// legible. The server (files/pictures.py) has the same rule.
export function fit(width: number, height: number): [number, number] {
  const share = Math.min(1, WIDEST / width, Math.sqrt(LARGEST / (width * height)));
  return [Math.max(1, Math.round(width * share)), Math.max(1, Math.round(height * share))];
}

export async function shrunk(file: File): Promise<File> {
  if (file.size <= SMALL_ENOUGH) return file;
  try {
    const drawn = await redrawn(file);
    return drawn && drawn.size < file.size ? new File([drawn], file.name, { type: drawn.type, lastModified: file.lastModified }) : file;
  } catch {
    return file;
  }
}

async function redrawn(file: File): Promise<Blob | null> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const [width, height] = fit(picture.width, picture.height);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.fillStyle = "white";
  pen.fillRect(0, 0, width, height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, width, height);
  picture.close();
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", 0.85); });
}
