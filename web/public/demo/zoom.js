// How large the photo is shown: fitted, larger, one pixel for one of the screen, on the whole screen.

const STEP = 1.5;
const MOST = 8; // pixels of the screen for one of the photo
const frame = document.getElementById("frame");
const pane = document.getElementById("pane");

/** Pixels of the page for one of the photo; null if it is fitted. */
let scale = null;

/** Fits the photo, as a new one is. */
export function fit() {
  scale = null;
  pane.classList.remove("zoomed");
  pane.removeAttribute("tabindex");
  for (const element of [pane, stage()]) element.removeAttribute("style");
}

const ACTIONS = {
  in: () => zoomTo(shownScale() * STEP),
  out: () => zoomTo(shownScale() / STEP),
  full: () => zoomTo(1 / devicePixelRatio),
  fit,
  screen: () => (document.fullscreenElement ? document.exitFullscreen() : frame.requestFullscreen()),
};

const KEYS = { "+": "in", "=": "in", "-": "out", 0: "fit", 1: "full", f: "screen" };

document.getElementById("zoom").addEventListener("click", (event) => {
  const action = event.target.closest("[data-zoom]")?.dataset.zoom;
  if (action) ACTIONS[action]();
});
document.addEventListener("keydown", (event) => {
  if (event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey) return;
  const action = KEYS[event.key];
  if (!action || !photo()) return;
  event.preventDefault();
  ACTIONS[action]();
});
document.addEventListener("fullscreenchange", fit);
addEventListener("resize", () => scale !== null && fit());

// Pinching on a touchpad comes as a wheel with the control key.
pane.addEventListener(
  "wheel",
  (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoomTo(shownScale() * Math.exp(-event.deltaY / 200), event);
  },
  { passive: false },
);

// A zoomed photo is moved by the mouse; fingers scroll it anyway.
pane.addEventListener("pointerdown", (event) => {
  if (scale === null || event.pointerType !== "mouse" || event.button !== 0) return;
  const start = { x: event.clientX, y: event.clientY, left: pane.scrollLeft, top: pane.scrollTop };
  let moved = false;
  const move = (now) => {
    moved ||= Math.hypot(now.clientX - start.x, now.clientY - start.y) > 4;
    pane.scrollTo(start.left + start.x - now.clientX, start.top + start.y - now.clientY);
  };
  const end = () => {
    document.removeEventListener("pointermove", move);
    if (moved) pane.addEventListener("click", (click) => click.stopPropagation(), { capture: true, once: true });
  };
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", end, { once: true });
});

function stage() {
  return document.getElementById("stage");
}

function photo() {
  return stage().querySelector(".photo");
}

/** Width and height of the photo as the boxes have it. */
function size() {
  const box = stage().querySelector(".boxes")?.viewBox.baseVal;
  const shown = photo();
  return box
    ? [box.width, box.height]
    : [shown.naturalWidth || shown.videoWidth, shown.naturalHeight || shown.videoHeight];
}

function fittedScale() {
  const [width, height] = size();
  return Math.min(pane.clientWidth / width, pane.clientHeight / height);
}

function shownScale() {
  return scale ?? fittedScale();
}

/** Shows the photo at a scale; what is under `at` (the middle, if it is left out) stays there. */
function zoomTo(wanted, at) {
  if (!photo()) return;
  const height = pane.clientHeight;
  const before = shownScale();
  if (scale === null && wanted <= before) return;
  if (scale === null) pane.style.height = `${height}px`;
  const next = Math.min(wanted, MOST);
  const [photoWidth, photoHeight] = size();
  if (next <= Math.min(pane.clientWidth / photoWidth, height / photoHeight)) {
    fit();
    return;
  }
  const area = pane.getBoundingClientRect();
  const x = at ? at.clientX - area.left : pane.clientWidth / 2;
  const y = at ? at.clientY - area.top : height / 2;
  const left = pane.scrollLeft + x;
  const top = pane.scrollTop + y;
  const factor = next / before;
  const offsetX = scale === null ? (pane.clientWidth - before * photoWidth) / 2 : 0;
  const offsetY = scale === null ? (height - before * photoHeight) / 2 : 0;
  scale = next;
  pane.classList.add("zoomed");
  pane.tabIndex = 0; // so that the keyboard can scroll it
  stage().style.width = `${photoWidth * scale}px`;
  stage().style.height = `${photoHeight * scale}px`;
  pane.scrollTo((left - offsetX) * factor - x, (top - offsetY) * factor - y);
}
