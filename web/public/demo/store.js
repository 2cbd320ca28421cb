// The person's own photos, kept in this browser alone, so that addresses with them work after a
// reload and on the way back. Where the browser keeps nothing, the page works without it.

const MOST = 40;
const STORE = "photos";

/** Returns a new name for a photo. */
export function newKey() {
  const random = crypto.getRandomValues(new Uint32Array(2));
  return [...random].map((number) => number.toString(36)).join("");
}

/** Keeps what is sent of a photo, the size it had and its name. */
export async function keep(key, { blob, size, name }) {
  try {
    const photos = await store("readwrite");
    await done(photos.put({ blob, size, name, time: Date.now() }, key));
    const keys = await done(photos.getAllKeys());
    if (keys.length > MOST) await forgetOldest(photos, keys.length - MOST);
  } catch {
    // a private window or a full disk
  }
}

/** Returns a photo that was kept, or null. */
export async function kept(key) {
  try {
    return (await done((await store("readonly")).get(key))) ?? null;
  } catch {
    return null;
  }
}

function forgetOldest(photos, count) {
  return new Promise((gone) => {
    const cursor = photos.index("time").openCursor();
    cursor.onsuccess = () => {
      if (!cursor.result || count-- === 0) return gone();
      cursor.result.delete();
      cursor.result.continue();
    };
    cursor.onerror = gone;
  });
}

async function store(mode) {
  const opening = indexedDB.open("deixis", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE).createIndex("time", "time");
  return (await done(opening)).transaction(STORE, mode).objectStore(STORE);
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
