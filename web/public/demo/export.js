// The answer as something to take along. It is made of what the page shows: at its threshold,
// without the phrases that were left out, in the pixels of the photo as it was before any scaling.

import { encoded, onWhite } from "./photo.js";

const SVG = "http://www.w3.org/2000/svg";

/** Returns an answer as a file of a kind: json, coco, svg or png. */
export async function file(kind, answer) {
  switch (kind) {
    case "coco":
      return { name: "deixis.coco.json", blob: json(coco(answer)) };
    case "svg":
      return { name: "deixis.svg", blob: await svg(answer) };
    case "png":
      return { name: "deixis.png", blob: await png() };
    default:
      return { name: "deixis.json", blob: json(answer) };
  }
}

/** Saves a file as if it had been downloaded. */
export function save({ name, blob }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function json(document) {
  return new Blob([JSON.stringify(document, null, 2)], { type: "application/json" });
}

function coco(answer) {
  return answer.phrases.flatMap((phrase, place) =>
    phrase.boxes.map(({ box: [x1, y1, x2, y2], score }) => ({
      image_id: 1,
      category_id: place + 1,
      phrase: phrase.text,
      bbox: [x1, y1, tenths(x2 - x1), tenths(y2 - y1)],
      score,
    })),
  );
}

function tenths(length) {
  return Math.round(length * 10) / 10;
}

async function svg(answer) {
  const drawing = drawingOfVisibleBoxes();
  const { width, height } = drawing.viewBox.baseVal;
  const photo = document.createElementNS(SVG, "image");
  photo.setAttribute("href", await dataUri(await uprightPhoto(width, height)));
  photo.setAttribute("width", width);
  photo.setAttribute("height", height);
  const title = document.createElementNS(SVG, "title");
  title.textContent = answer.phrases.map((phrase) => phrase.text).join("; ");
  drawing.prepend(title, photo);
  return svgBlob(drawing);
}

async function png() {
  const drawing = drawingOfVisibleBoxes();
  const { width, height } = drawing.viewBox.baseVal;
  const canvas = onWhite(document.querySelector("#stage .photo"), width, height);
  const boxes = new Image(width, height);
  boxes.src = URL.createObjectURL(svgBlob(drawing));
  await boxes.decode();
  canvas.getContext("2d").drawImage(boxes, 0, 0, width, height);
  URL.revokeObjectURL(boxes.src);
  return encoded(canvas, "image/png");
}

function drawingOfVisibleBoxes() {
  const drawing = document.querySelector("#stage .boxes").cloneNode(true);
  drawing.querySelectorAll("[visibility=hidden]").forEach((mark) => mark.remove());
  drawing.querySelectorAll(".mark").forEach((mark) => mark.removeAttribute("visibility"));
  drawing.removeAttribute("class");
  drawing.removeAttribute("aria-hidden");
  drawing.setAttribute("role", "img");
  drawing.setAttribute("width", drawing.viewBox.baseVal.width);
  drawing.setAttribute("height", drawing.viewBox.baseVal.height);
  return drawing;
}

function svgBlob(drawing) {
  return new Blob([new XMLSerializer().serializeToString(drawing)], { type: "image/svg+xml" });
}

/** Drawn anew, since programs that show SVG may not turn a photo by its EXIF orientation. */
function uprightPhoto(width, height) {
  return encoded(onWhite(document.querySelector("#stage .photo"), width, height), "image/jpeg");
}

function dataUri(blob) {
  return new Promise((done) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(reader.result));
    reader.readAsDataURL(blob);
  });
}
