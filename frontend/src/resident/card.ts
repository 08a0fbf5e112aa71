// The card with a tracking code, drawn as a picture in the browser: nothing is sent anywhere for it.
const WIDTH = 720;
const PADDING = 48;
const QR = 400;
const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif';

async function pictureOf(drawing: SVGElement): Promise<HTMLImageElement> {
  const copy = drawing.cloneNode(true) as SVGElement;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  return image;
}

// Break a text where the next character would not fit; Chinese has no blanks to break at.
function linesOf(pen: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const part of text.split(/(?<=[ \u2e80-\u9fff，。、])(?![，。、])/u)) {
    if (line && pen.measureText(line + part).width > width) {
      lines.push(line.trim());
      line = "";
    }
    line += part;
  }
  return [...lines, line.trim()];
}

function write(pen: CanvasRenderingContext2D, text: string, top: number, size: number, colour: string, weight = 400): number {
  pen.font = `${weight} ${size}px ${FONT}`;
  pen.fillStyle = colour;
  for (const line of linesOf(pen, text, WIDTH - 2 * PADDING)) {
    pen.fillText(line, WIDTH / 2, top);
    top += size * 1.45;
  }
  return top;
}

// Write and draw everything; return where it ends, so that the card is as high as what stands on it.
function fill(pen: CanvasRenderingContext2D, said: DOMStringMap, image: HTMLImageElement): number {
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, pen.canvas.width, pen.canvas.height);
  pen.textAlign = "center";
  pen.textBaseline = "top";
  pen.imageSmoothingEnabled = false;
  let top = write(pen, said.title ?? "", PADDING, 34, "#334155", 600) + 16;
  top = write(pen, said.code ?? "", top, 44, "#0f172a", 700) + 16;
  pen.drawImage(image, (WIDTH - QR) / 2, top, QR, QR);
  top = write(pen, said.line ?? "", top + QR + 20, 26, "#0f172a") + 8;
  return write(pen, said.warn ?? "", top, 24, "#475569") + PADDING;
}

async function draw(source: HTMLElement): Promise<string> {
  const drawing = source.querySelector("svg");
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  if (!drawing || !pen) return "";
  const image = await pictureOf(drawing);
  canvas.width = WIDTH;
  canvas.height = fill(pen, source.dataset, image);
  fill(pen, source.dataset, image);
  return canvas.toDataURL("image/png");
}

// Show the picture, for browsers that download nothing (in WeChat it is pressed long), and hand it over.
function keep(source: HTMLElement, picture: string): void {
  const { alt = "", hint = "", file = "card.png" } = source.dataset;
  source.parentElement?.setAttribute("open", "");
  source.querySelector("figure")?.remove();
  const figure = document.createElement("figure");
  const image = document.createElement("img");
  const caption = document.createElement("figcaption");
  image.src = picture;
  image.alt = alt;
  caption.textContent = hint;
  figure.append(image, caption);
  source.append(figure);
  figure.scrollIntoView({ block: "nearest" });
  const save = document.createElement("a");
  save.href = picture;
  save.download = file;
  save.click();
}

export async function saveCard(link: HTMLAnchorElement): Promise<void> {
  const source = document.getElementById(link.dataset.card ?? "");
  const picture = source ? await draw(source).catch(() => "") : "";
  if (source && picture) keep(source, picture);
  else location.assign(link.href); // the page to print serves where the browser cannot draw
}
