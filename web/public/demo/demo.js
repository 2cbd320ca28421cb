// Makes the demo page quicker to use. Asking and answering are also possible without it: the form is
// sent as it is, and the answer is taken out of the page that comes back.

import * as answer from "./answer.js";
import { ask, cancel, Unanswered } from "./asking.js";
import { offerSelection, wholeWords } from "./caption.js";
import { command, file, save } from "./export.js";
import { prepared, whenGiven } from "./photo.js";

const form = document.getElementById("question");
const text = document.getElementById("text");
const slider = document.getElementById("threshold");
const sliderValue = document.getElementById("threshold-value");
const status = document.getElementById("status");
const findSelected = document.getElementById("find-selected");
const chosenFile = document.getElementById("photo");
const takenPhoto = document.getElementById("camera");
const examples = document.querySelectorAll(".example");

/** The person's own photo, its address in this page, and what is sent of it; null for an example. */
let own = null;

/** The words of the caption to look for, as long as the caption is this one. */
let meant = { caption: null, spans: [] };

/** The words that the answer on the page answers. */
let askedText = text.value;

/** What "Try again" does. */
let lastAsked = askForm;

answer.read();
filter();

// ---- the photo

for (const example of examples) {
  example.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    askExample(example);
  });
}
chosenFile.addEventListener("change", () => chosenFile.files.length && take(chosenFile.files[0]));
takenPhoto.addEventListener("change", () => takenPhoto.files.length && take(takenPhoto.files[0]));
whenGiven(document.getElementById("drop"), (photo) => {
  const transfer = new DataTransfer();
  transfer.items.add(photo);
  chosenFile.files = transfer.files; // so that the field tells its name
  take(photo);
});

// What is no photo is not shown as a broken one; the answer says what is wrong with it.
document.addEventListener(
  "error",
  (event) => own && event.target.matches("#stage .photo") && event.target.remove(),
  true,
);

function take(photo) {
  cancel();
  forgetOwnPhoto();
  own = { file: photo, url: URL.createObjectURL(photo), upload: prepared(photo) };
  markExample("");
  answer.clear();
  const preview = new Image();
  preview.className = "photo";
  preview.alt = "Your photo";
  preview.src = own.url;
  document.getElementById("stage").replaceChildren(preview);
  if (text.value.trim() === "" || isOfAnExample(text.value)) {
    text.value = "";
    text.focus();
    status.textContent = "Now say what to look for.";
  } else {
    askForm();
  }
}

function forgetOwnPhoto() {
  if (own) URL.revokeObjectURL(own.url);
  own = null;
}

function markExample(id) {
  form.elements.example.value = id;
  for (const example of examples) {
    if (id && idOf(example) === id) example.setAttribute("aria-current", "true");
    else example.removeAttribute("aria-current");
  }
}

function idOf(example) {
  return new URL(example.href).searchParams.get("example");
}

/** The words that came with an example say nothing of another photo. */
function isOfAnExample(words) {
  return words === text.defaultValue;
}

// ---- asking

form.addEventListener("submit", (event) => {
  event.preventDefault();
  askForm();
});
for (const kind of form.elements.kind) {
  kind.addEventListener("change", () => {
    if (kind.value === "phrases" && text.value.trim() === answer.caption()) {
      text.value = answer
        .phrases()
        .map((phrase) => phrase.text)
        .join("\n");
    }
    offerSelected();
  });
}

async function askExample(example) {
  lastAsked = () => askExample(example);
  const page = await asked(() => ({ method: "GET", url: example.href }));
  if (!page) return;
  forgetOwnPhoto();
  chosenFile.value = "";
  takenPhoto.value = "";
  markExample(idOf(example));
  text.value = page.getElementById("text").value;
  text.defaultValue = text.value;
  form.elements.kind.value = "caption";
  show(page);
}

async function askForm() {
  lastAsked = askForm;
  if (!form.reportValidity()) return;
  const page = await asked(async () => ({ method: "POST", url: "/", body: await body() }));
  if (page) show(page);
}

async function body() {
  const data = new FormData(form);
  data.append("embed", "no");
  data.delete("image");
  if (own) {
    const { blob, size } = await own.upload;
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
  }
  if (data.get("kind") === "caption" && text.value === meant.caption) {
    for (const [start, end] of meant.spans) data.append("span", `${start}-${end}`);
  }
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

function show(page) {
  const photo = page.querySelector("#stage .photo");
  if (own) {
    const shown = photo ?? page.createElement("img");
    shown.className = "photo";
    shown.alt = "Your photo";
    shown.src = own.url;
    page.getElementById("stage").prepend(shown);
  }
  answer.replaceBy(page);
  askedText = text.value;
  tellFound(filter());
  const stage = document.getElementById("answer");
  if (stage.getBoundingClientRect().top > innerHeight * 0.7) {
    stage.scrollIntoView({ block: "start" });
  }
}

function tellFound(found) {
  const asked = answer.phrases().length;
  if (asked) status.textContent = `${found} of ${asked} phrases found.`;
}

// ---- the threshold: filters without asking again

slider.addEventListener("input", filter);
slider.addEventListener("change", () => tellFound(filter()));
for (const mark of document.querySelectorAll(".mark-name")) {
  mark.disabled = false;
  mark.addEventListener("click", () => {
    slider.value = mark.value;
    tellFound(filter());
  });
}

function filter() {
  sliderValue.value = Number(slider.value).toFixed(2);
  document.getElementById("command-details")?.removeAttribute("open");
  return answer.filter(Number(slider.value));
}

// ---- phrases: held, left out, edited, selected

const section = document.getElementById("answer");

section.addEventListener("click", (event) => {
  const element = event.target.closest("[data-phrase]");
  if (event.target.closest("[data-again]")) lastAsked();
  else if (event.target.closest("[data-leave-out]")) leaveOut(element);
  else if (event.target.closest("[data-edit]")) edit(element);
  else if (event.target.closest("[data-save]")) saveAs(event.target.dataset.save);
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
offerSelection((start, end) => mean(answer.caption(), start, end));

function leaveOut(element) {
  const next =
    element.nextElementSibling?.querySelector("[data-leave-out]") ??
    element.previousElementSibling?.querySelector("[data-leave-out]") ??
    text;
  answer.leaveOut(Number(element.dataset.phrase));
  keepPhrases();
  tellFound(filter());
  next.focus();
}

/** Writes the phrases that are left into the form. */
function keepPhrases() {
  const kept = answer.phrases();
  if (answer.caption() === null) {
    text.value = kept.map((phrase) => phrase.text).join("\n");
  } else {
    text.value = answer.caption();
    meant = { caption: text.value, spans: kept.flatMap(({ span }) => (span ? [span] : [])) };
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
    const words = field.value.trim();
    field.replaceWith(name);
    if (change && words === "") leaveOut(element);
    else if (change && words !== name.textContent) reword(index, words);
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
function reword(index, words) {
  const kept = answer.phrases();
  const caption = answer.caption();
  const phrase = kept.find((one) => one.index === index);
  if (caption === null || !phrase.span) {
    text.value = kept.map((one) => (one === phrase ? words : one.text)).join("\n");
    form.elements.kind.value = "phrases";
  } else {
    const [start, end] = phrase.span;
    const longer = words.length - (end - start);
    text.value = caption.slice(0, start) + words + caption.slice(end);
    const spans = kept
      .filter((one) => one.span && (one === phrase || one.span[1] <= start || one.span[0] >= end))
      .map((one) => {
        if (one === phrase) return [start, start + words.length];
        return one.span[0] >= end ? one.span.map((place) => place + longer) : one.span;
      });
    meant = { caption: text.value, spans };
    form.elements.kind.value = "caption";
  }
  askForm();
}

for (const type of ["select", "keyup", "pointerup", "input"])
  text.addEventListener(type, offerSelected);
findSelected.addEventListener("click", () => {
  const words = selectedInForm();
  if (words) mean(text.value, ...words);
});

function offerSelected() {
  findSelected.disabled = selectedInForm() === null;
}

function selectedInForm() {
  if (form.elements.kind.value !== "caption") return null;
  return wholeWords(text.value, text.selectionStart, text.selectionEnd);
}

/** Looks for some words of a caption, besides those it was asked for already. */
function mean(caption, start, end) {
  const others =
    caption === answer.caption()
      ? answer
          .phrases()
          .flatMap(({ span }) => (span && (span[1] <= start || span[0] >= end) ? [span] : []))
      : [];
  text.value = caption;
  form.elements.kind.value = "caption";
  meant = { caption, spans: [...others, [start, end]].sort((one, other) => one[0] - other[0]) };
  askForm();
}

// ---- taking the answer along

async function saveAs(kind) {
  save(await file(kind, answer.at(Number(slider.value))));
}

async function copy(button) {
  if (button.dataset.copy === "command") writeCommand();
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
  } catch {
    source.closest("details").open = true; // no clipboard for pages that came over plain HTTP
    getSelection().selectAllChildren(source);
    return;
  }
  const label = button.textContent;
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = label), 1500);
}

function writeCommand() {
  const caption = answer.caption();
  const wordsMeant = meant.caption === caption && meant.spans.length > 0;
  document.getElementById("command").textContent = command({
    example: own ? null : new URL(document.querySelector("#stage .photo").src).pathname,
    fileName: own?.file.name,
    caption: caption === null || wordsMeant ? null : askedText,
    phrases: answer.phrases().map((phrase) => phrase.text),
    threshold: slider.value,
  });
  document.getElementById("command-hint").textContent = own
    ? "Run it in the folder where the photo is."
    : "";
}

document.getElementById("answer").addEventListener(
  "toggle",
  (event) => {
    if (event.target.id === "command-details" && event.target.open) writeCommand();
  },
  true,
);
