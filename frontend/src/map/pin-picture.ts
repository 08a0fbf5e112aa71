// The pin that marks one place on a map.
const SVG = "http://www.w3.org/2000/svg";

export function pinPicture(): HTMLElement {
  const mark = document.createElement("div");
  mark.className = "pin-mark";
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 40 48");
  for (const [d, fill] of [["M20 47S3 29 3 18a17 17 0 0 1 34 0c0 11-17 29-17 29z", "currentColor"], ["M20 11a7 7 0 1 0 0 14 7 7 0 0 0 0-14z", "#fff"]] as const) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    path.setAttribute("fill", fill);
    picture.append(path);
  }
  mark.append(picture);
  return mark;
}
