// The live camera. One frame is asked after the other, always the newest one: while an answer is on
// its way, no other frame waits.

const LONGEST_SIDE = 800;
const PAUSE_MS = 1000; // after a frame that was not answered

let running = null;

/** Returns whether this browser gives pages a camera; over plain HTTP it does so on localhost only. */
export function available() {
  return Boolean(navigator.mediaDevices?.getUserMedia);
}

/** Returns whether the camera runs. */
export function runs() {
  return running !== null;
}

/**
 * Starts the camera. `place` is called with the video element; `ask` with each frame, and returns a
 * promise of whether it was answered. Throws what the browser says if there is no camera.
 */
export async function start(place, ask) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  const video = document.createElement("video");
  video.className = "photo";
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  const turn = { stream, video };
  running = turn;
  place(video);
  await video.play();
  while (running === turn) {
    const answered = await ask(await frame(video));
    if (!answered && running === turn) await new Promise((go) => setTimeout(go, PAUSE_MS));
  }
}

/** Stops the camera and returns its last frame as a file; null if it does not run. */
export async function stop() {
  if (!running) return null;
  const { stream, video } = running;
  running = null;
  const last = video.videoWidth > 0 ? await frame(video) : null;
  stream.getTracks().forEach((track) => track.stop());
  return last && new File([last], "camera.jpg", { type: "image/jpeg" });
}

function frame(video) {
  const { videoWidth, videoHeight } = video;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(videoWidth, videoHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(videoWidth * scale);
  canvas.height = Math.round(videoHeight * scale);
  canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
}
