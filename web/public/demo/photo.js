// A person's own photo: taken from wherever it comes, and made smaller before it is sent. The model
// sees far fewer pixels than a camera makes, so nothing is lost but time.

const LONGEST_SIDE = 1600;
const READ_BY_SERVER = ["image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp"];

/**
 * Prepares a photo for the upload. Browsers turn a photo upright as they decode it, so what was
 * scaled needs no EXIF orientation any more.
 *
 * Returns the blob to send, and the size of the upright photo if that blob has another one.
 */
export async function prepared(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return { blob: file, size: null }; // the server says what is wrong with it
  }
  const { width, height } = bitmap;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  if (scale === 1 && READ_BY_SERVER.includes(file.type)) {
    bitmap.close();
    return { blob: file, size: null };
  }
  const scaled = (length) => Math.max(1, Math.round(length * scale));
  const blob = await encoded(onWhite(bitmap, scaled(width), scaled(height)), "image/jpeg");
  bitmap.close();
  return blob ? { blob, size: { width, height } } : { blob: file, size: null };
}

/** Returns a canvas with a picture on white, as the server sees what is transparent. */
export function onWhite(picture, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, width, height);
  return canvas;
}

/** Returns a canvas as an encoded picture; null if the browser has no memory for it. */
export function encoded(canvas, type) {
  return new Promise((done) => canvas.toBlob(done, type, 0.92));
}

/**
 * Calls `take` with the photos that are dropped on the page or pasted into it; `zone` shows that the
 * page would take what is being dragged.
 */
export function whenGiven(zone, take) {
  for (const type of ["dragenter", "dragover"]) {
    document.addEventListener(type, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) zone.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    zone.classList.remove("over");
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    take(photosAmong(event.dataTransfer.files));
  });
  document.addEventListener("paste", (event) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    take(photosAmong(event.clipboardData.files));
  });
}

/** Returns the photos; if there are none, the first file, of which the server says what it is. */
export function photosAmong(files) {
  const photos = [...files].filter((file) => file.type.startsWith("image/"));
  return photos.length > 0 ? photos : [...files].slice(0, 1);
}
