// Makes the demo page quicker to use. Asking and answering are also possible without it: the form is
// sent as it is, and the answer is taken out of the page that comes back.

import * as answer from "./answer.js";
import { percent } from "./answer.js";
import { ask, cancel, Unanswered } from "./asking.js";
import * as camera from "./camera.js";
import { offerSelection } from "./caption.js";
import { file, save } from "./export.js";
import * as gallery from "./gallery.js";
import { photosAmong, prepared, whenGiven } from "./photo.js";
import { program, RUN } from "./snippets.js";
import { keep, kept, newKey } from "./store.js";
import { fit } from "./zoom.js";

const form = document.getElementById("question");
const words = document.getElementById("words");
const model = document.getElementById("model"); // there if there are several
const slider = document.getElementById("threshold");
const sliderValue = document.getElementById("threshold-value");
const status = document.getElementById("status");
const chosenFile = document.getElementById("photo");
const takenPhoto = document.getElementById("camera");
const live = document.getElementById("live");
const section = document.getElementById("answer");
const examples = document.querySelectorAll(".example");

/** The person's own photos: name, address in this page, what is sent, and the page that answers. */
let photos = [];

/** The one of them that is shown; null for an example. */
let own = null;

/** The caption of the example that was asked last: it says nothing of another photo. */
let exampleCaption = new URLSearchParams(location.search).has("q") ? null : words.value;

/** How the words are to be read, if the person chose; it holds as long as they are these words. */
let chosen = { words: null, as: null, spans: [] };

/** The words that the answer on the page answers. */
let askedWords = words.value;

/** What "Try again" does. */
let lastAsked = askForm;

answer.read();
filter();
if (new URLSearchParams(location.search).has("photo")) goTo(location.search);

// ---- the photos

chosenFile.multiple = true; // without a script there is one answer for one photo
chosenFile.addEventListener("change", () => chosenFile.files.length && take(chosenFile.files));
takenPhoto.addEventListener("change", () => takenPhoto.files.length && take(takenPhoto.files));
whenGiven(document.getElementById("drop"), (files) => {
  const transfer = new DataTransfer();
  for (const photo of files) transfer.items.add(photo);
  chosenFile.files = transfer.files; // so that the field tells their names
  take(files);
});

// What is no photo is not shown as a broken one; the answer says what is wrong with it.
document.addEventListener(
  "error",
  (event) => own && event.target.matches("#stage .photo") && event.target.remove(),
  true,
);

function take(files) {
  usePhotos(
    photosAmong(files).map((photo) => {
      const key = newKey();
      const upload = prepared(photo);
      upload.then(({ blob, size }) => keep(key, { blob, size, name: photo.name }));
      return { key, name: photo.name, url: URL.createObjectURL(photo), upload };
    }),
  );
  if (words.value.trim() === "" || words.value === exampleCaption) {
    words.value = "";
    words.focus();
    status.textContent = "Now say what to look for.";
  } else {
    askForm();
  }
}

function usePhotos(list) {
  stopCamera();
  cancel();
  forgetPhotos();
  photos = list;
  own = list[0] ?? null;
  markExample("");
  answer.clear();
  status.textContent = "";
  gallery.show(photos, own, choose);
  showPhoto();
}

function showPhoto() {
  fit();
  if (!own) return;
  const preview = new Image();
  preview.className = "photo";
  preview.alt = "Your photo";
  preview.src = own.url;
  document.getElementById("stage").replaceChildren(preview);
}

function forgetPhotos() {
  for (const photo of photos) URL.revokeObjectURL(photo.url);
  photos = [];
  own = null;
  gallery.show(photos, own, choose);
}

/** Shows another one of the photos. */
function choose(photo) {
  own = photo;
  gallery.mark(photos, own);
  if (photo.page) {
    showOwn(photo);
  } else {
    answer.clear();
    showPhoto();
    if (photo.problem) answer.showProblem(photo.problem.message, photo.problem.mayPass);
  }
  remember();
}

function markExample(id) {
  form.elements.example.value = id;
  for (const example of examples) {
    if (id && new URL(example.href).searchParams.get("example") === id)
      example.setAttribute("aria-current", "true");
    else example.removeAttribute("aria-current");
  }
  if (!id) document.getElementById("tries").hidden = true;
}

// ---- the live camera

if (camera.available()) {
  live.hidden = false;
  live.addEventListener("click", async () => {
    if (camera.runs()) {
      const last = await camera.stop();
      live.textContent = "Live camera";
      if (last) take([last]);
      return;
    }
    usePhotos([]);
    live.textContent = "Stop the camera";
    if (words.value === exampleCaption) words.value = "";
    try {
      await camera.start(
        (video) => document.getElementById("stage").replaceChildren(video),
        askFrame,
      );
    } catch (refusal) {
      stopCamera();
      answer.showProblem(`There is no camera for this page (${refusal.message}).`, false);
    }
  });
}

async function askFrame(frame) {
  if (words.value.trim() === "" || !frame) return false;
  try {
    const page = await ask(async () => post(await fields({ upload: { blob: frame } })), true);
    if (!page || !camera.runs()) return false;
    answer.replaceBy(page, true);
    askedWords = words.value;
    filter();
    return !page.querySelector("#problem .problem");
  } catch (failure) {
    if (!(failure instanceof Unanswered)) throw failure;
    answer.showProblem(failure.message, failure.mayPass);
    return false;
  }
}

function stopCamera() {
  if (!camera.runs()) return;
  camera.stop();
  live.textContent = "Live camera";
}

// ---- asking, and the address of what was asked

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const as = event.submitter?.name === "as" ? event.submitter.value : null;
  if (as) chosen = { words: words.value, as, spans: [] };
  askForm();
});

// Another model has thresholds of its own, so the page comes anew.
model?.addEventListener("change", () => {
  const parameters = new URLSearchParams(search());
  parameters.delete("threshold");
  location.search = parameters;
});

// Links that ask: the examples, what may be tried on them, the other reading.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".example, #tries a, #reading a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.dataset.as && own) {
    chosen = { words: words.value, as: link.dataset.as, spans: [] };
    askForm();
  } else {
    askAddress(atThreshold(new URL(link.href).search), true);
  }
});

/** Returns the query of a link with the threshold that the slider shows. */
function atThreshold(query) {
  const parameters = new URLSearchParams(query);
  if (moved()) parameters.set("threshold", slider.value);
  else parameters.delete("threshold");
  return "?" + parameters;
}

function moved() {
  return Number(slider.value) !== Number(slider.dataset.usual);
}

addEventListener("popstate", () => goTo(location.search));

/** Goes to an address of before. */
async function goTo(search) {
  const parameters = new URLSearchParams(search);
  slider.value = parameters.get("threshold") ?? slider.dataset.usual;
  if (!parameters.has("photo")) {
    await askAddress(search, false);
    return;
  }
  const keys = parameters.get("photo").split(".");
  const found = (await Promise.all(keys.map(kept))).map(
    (photo, place) =>
      photo && {
        key: keys[place],
        name: photo.name,
        url: URL.createObjectURL(photo.blob),
        upload: Promise.resolve({ blob: photo.blob, size: photo.size }),
      },
  );
  if (!found.some(Boolean)) return; // the page says that the photo is elsewhere
  usePhotos(found.filter(Boolean));
  own = photos.find((photo) => photo.key === parameters.get("shown")) ?? photos[0];
  words.value = parameters.get("q") ?? "";
  chosen = {
    words: words.value,
    as: parameters.get("as"),
    spans: parameters.getAll("span").map((span) => span.split("-").map(Number)),
  };
  gallery.mark(photos, own);
  showPhoto();
  if (words.value) await askOwn(false);
}

/** Returns the query of the address of what is asked. */
function search() {
  const parameters = new URLSearchParams();
  if (own) parameters.set("photo", photos.map((photo) => photo.key).join("."));
  else if (form.elements.example.value) parameters.set("example", form.elements.example.value);
  if (photos.length > 1) parameters.set("shown", own.key);
  parameters.set("q", words.value.trim());
  if (isChosen() && chosen.as) parameters.set("as", chosen.as);
  for (const span of spans()) parameters.append("span", span.join("-"));
  if (model?.selectedIndex > 0) parameters.set("model", model.value);
  if (moved()) parameters.set("threshold", slider.value);
  return "?" + parameters;
}

function isChosen() {
  return chosen.words === words.value;
}

function spans() {
  return isChosen() ? chosen.spans : [];
}

/** Notes the address of what is shown; a new one can be gone back from. */
function remember(push = false) {
  const address = location.pathname + search();
  if (address === location.pathname + location.search) return;
  if (push) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

function askForm() {
  lastAsked = askForm;
  if (camera.runs()) return; // the next frame is asked the new words
  if (!form.reportValidity()) return;
  if (own) askOwn(true);
  else if (form.elements.example.value) askAddress(search(), true);
  else answer.showProblem("Choose a photo first.", false);
}

/** Asks what an address with an example says. */
async function askAddress(query, push) {
  lastAsked = () => askAddress(query, push);
  stopCamera();
  status.textContent = "";
  const page = await asked(() => ({ method: "GET", url: location.pathname + query }));
  if (!page) return;
  forgetPhotos();
  chosenFile.value = "";
  takenPhoto.value = "";
  const parameters = new URLSearchParams(query);
  words.value = page.getElementById("words").value;
  if (!parameters.has("q")) exampleCaption = words.value;
  chosen = {
    words: words.value,
    as: parameters.get("as"),
    spans: parameters.getAll("span").map((span) => span.split("-").map(Number)),
  };
  document.getElementById("tries").replaceWith(page.getElementById("tries"));
  markExample(page.querySelector("input[name=example]").value);
  if (push && query !== location.search)
    history.pushState(null, "", location.pathname + query);
  show(page);
  document.getElementById("photos").open = !parameters.has("q");
}

/** Asks the words of every photo, that which is shown first. */
async function askOwn(push) {
  status.textContent = "";
  for (const photo of photos) {
    delete photo.page;
    delete photo.problem;
    gallery.tell(photo);
  }
  const first = own;
  for (const photo of [first, ...photos.filter((one) => one !== first)]) {
    const known = photos;
    try {
      photo.page = await ask(async () => post(await fields(photo)), photo !== first);
      if (!photo.page) return;
    } catch (failure) {
      if (!(failure instanceof Unanswered)) throw failure;
      photo.problem = failure;
    }
    if (known !== photos) return;
    gallery.tell(photo);
    if (photo === first) {
      remember(push);
      document.getElementById("photos").open = false;
    }
    if (photo !== own) continue;
    if (photo.problem) answer.showProblem(photo.problem.message, photo.problem.mayPass);
    else showOwn(photo);
  }
}

function post(body) {
  return { method: "POST", url: location.pathname, body };
}

async function fields(photo) {
  const data = new FormData(form);
  data.append("embed", "no");
  data.delete("image");
  data.delete("example");
  const { blob, size } = await photo.upload;
  const limit = Number(form.dataset.maxBytes);
  if (blob.size > limit) {
    throw new Unanswered(
      `The photo has ${megabytes(blob.size)} MB, at most ${megabytes(limit)} are allowed, and this` +
        " browser cannot read it to make it smaller; choose a JPEG or a PNG.",
      false,
    );
  }
  data.append("image", blob, "photo");
  if (size) data.append("size", `${size.width}x${size.height}`);
  if (isChosen() && chosen.as) data.append("as", chosen.as);
  for (const span of spans()) data.append("span", span.join("-"));
  return data;
}

function megabytes(bytes) {
  return (bytes / 2 ** 20).toFixed(bytes < 10 * 2 ** 20 ? 1 : 0);
}

/** Asks, and says why if there is no answer. */
async function asked(prepare) {
  try {
    return await ask(prepare);
  } catch (failure) {
    if (!(failure instanceof Unanswered)) throw failure;
    answer.showProblem(failure.message, failure.mayPass);
    return null;
  }
}

/** Shows the answer to one of the own photos: the server does not send the photo back. */
function showOwn(photo) {
  const stage = photo.page.getElementById("stage");
  if (!stage.querySelector(".photo")) {
    const shown = photo.page.createElement("img");
    shown.className = "photo";
    shown.alt = "Your photo";
    stage.prepend(shown);
  }
  stage.querySelector(".photo").src = photo.url;
  show(photo.page);
}

function show(page) {
  fit();
  answer.replaceBy(page);
  askedWords = words.value;
  tellFound(filter());
  const top = document.getElementById("frame").getBoundingClientRect().top;
  if (top > innerHeight * 0.7 || top < 0) section.scrollIntoView({ block: "start" });
}

function tellFound({ found, unsure }) {
  const all = answer.phrases().length;
  if (!all) status.textContent = "";
  else status.textContent = `${found} of ${all} found${unsure ? `, ${unsure} unsure` : ""}.`;
}

// ---- the threshold: filters without asking again

slider.addEventListener("input", filter);
slider.addEventListener("change", () => moveTo(slider.value));
for (const mark of document.querySelectorAll(".mark-name")) {
  mark.disabled = false;
  mark.addEventListener("click", () => moveTo(mark.value));
}

function moveTo(value) {
  slider.value = value;
  tellFound(filter());
  if (answer.phrases().length) remember();
}

function filter() {
  const threshold = Number(slider.value);
  sliderValue.value = percent(threshold);
  slider.setAttribute("aria-valuetext", percent(threshold));
  document.getElementById("bands").textContent = answer.bands(threshold);
  const states = answer.filter(threshold);
  if (document.getElementById("code-details")?.open) writeCode();
  return states;
}

// ---- phrases: held, left out, edited, selected

section.addEventListener("click", (event) => {
  const element = event.target.closest("[data-phrase]");
  if (event.target.closest("[data-again]")) lastAsked();
  else if (event.target.closest("[data-leave-out]")) leaveOut(element);
  else if (event.target.closest("[data-edit]")) edit(element);
  else if (event.target.closest("[data-save]")) saveAs(event.target.dataset.save);
  else if (event.target.closest("[data-language]")) writeCode(event.target.dataset.language);
  else if (event.target.closest("[data-copy]")) copy(event.target);
  else if (element && !event.target.closest("input") && getSelection().isCollapsed)
    answer.hold(element);
  else if (event.target.closest("#stage")) answer.release();
});
section.addEventListener("keydown", (event) => {
  if (!event.target.matches(".words-of, .name")) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    answer.hold(event.target.closest("[data-phrase]"));
  }
  if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault();
    leaveOut(event.target.closest("[data-phrase]"));
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  cancel();
  answer.release();
});
offerSelection((start, end) => lookFor(start, end));

function leaveOut(element) {
  const next =
    element.nextElementSibling?.querySelector("[data-leave-out]") ??
    element.previousElementSibling?.querySelector("[data-leave-out]") ??
    words;
  answer.leaveOut(Number(element.dataset.phrase));
  keepPhrases(answer.phrases());
  tellFound(filter());
  next.focus();
}

/** Writes the phrases that are left into the form. */
function keepPhrases(phrases) {
  const caption = answer.caption();
  if (caption === null) {
    words.value = phrases.map((phrase) => phrase.text).join("; ");
  } else {
    words.value = caption;
    const spans = phrases.flatMap(({ span }) => (span ? [span] : []));
    chosen = { words: caption, as: null, spans };
  }
}

function edit(element) {
  const index = Number(element.dataset.phrase);
  const name = element.querySelector(".name");
  const field = document.createElement("input");
  field.className = "edit-field";
  field.value = name.textContent;
  field.setAttribute("aria-label", "Phrase");
  name.replaceWith(field);
  field.select();
  let done = false;
  const finish = (change) => {
    if (done) return;
    done = true;
    const changed = field.value.trim();
    field.replaceWith(name);
    if (change && changed === "") leaveOut(element);
    else if (change && changed !== name.textContent) reword(index, changed);
    else element.querySelector("[data-edit]").focus();
  };
  field.addEventListener("blur", () => finish(true));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") finish(true);
    if (event.key === "Escape") {
      event.stopPropagation();
      finish(false);
    }
  });
}

/** Puts other words in the place of a phrase and asks again. */
function reword(index, changed) {
  const all = answer.phrases();
  const caption = answer.caption();
  const phrase = all.find((one) => one.index === index);
  if (caption === null || !phrase.span) {
    words.value = all.map((one) => (one === phrase ? changed : one.text)).join("; ");
  } else {
    const [start, end] = phrase.span;
    const longer = changed.length - (end - start);
    words.value = caption.slice(0, start) + changed + caption.slice(end);
    const spans = all
      .filter((one) => one.span && (one === phrase || one.span[1] <= start || one.span[0] >= end))
      .map((one) => {
        if (one === phrase) return [start, start + changed.length];
        return one.span[0] >= end ? one.span.map((place) => place + longer) : one.span;
      });
    chosen = { words: words.value, as: null, spans };
  }
  askForm();
}

/** Looks for some words of the sentence, besides those that it was asked for already. */
function lookFor(start, end) {
  const others = answer
    .phrases()
    .flatMap(({ span }) => (span && (span[1] <= start || span[0] >= end) ? [span] : []));
  words.value = answer.caption();
  const spans = [...others, [start, end]].sort((one, other) => one[0] - other[0]);
  chosen = { words: words.value, as: null, spans };
  askForm();
}

// ---- taking the answer along

async function saveAs(kind) {
  save(await file(kind, answer.at(Number(slider.value))));
}

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
  } catch {
    getSelection().selectAllChildren(source); // no clipboard for pages that came over plain HTTP
    return;
  }
  const label = button.textContent;
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = label), 1500);
}

/** Returns the path of an address below the root, which is where this page is. */
const fromRoot = (address) => new URL(address).pathname.slice(location.pathname.length - 1);

/** The language of the code that is shown. */
let language = "curl";

function writeCode(wanted = language) {
  language = wanted;
  const caption = answer.caption();
  const someWords = isChosen() && chosen.spans.length > 0;
  const keyNeeded = "keyNeeded" in document.getElementById("code").dataset;
  document.getElementById("code").textContent = program(language, {
    example: own ? null : fromRoot(document.querySelector("#stage .photo").src),
    fileName: own?.name,
    query: answer.isExpression() ? askedWords.trim() : null,
    caption: caption === null || someWords ? null : askedWords,
    phrases: answer.phrases().map((phrase) => phrase.text),
    threshold: slider.value,
    model: model?.value,
    keyNeeded,
  });
  document.getElementById("code-hint").textContent =
    RUN[language] +
    (own ? " It expects the photo in the same folder." : "") +
    (keyNeeded ? " Set DEIXIS_KEY to a key for this server first." : "");
  for (const tab of document.querySelectorAll("[data-language]"))
    tab.setAttribute("aria-pressed", String(tab.dataset.language === language));
}

section.addEventListener(
  "toggle",
  (event) => {
    if (event.target.id === "code-details" && event.target.open) writeCode();
  },
  true,
);
