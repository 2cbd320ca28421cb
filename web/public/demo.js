// Makes the demo page quicker to use. Everything it does is also possible without it: the form is
// sent as it is, and the answer is taken out of the page that comes back.

const form = document.getElementById("question");
const slider = document.getElementById("threshold");
const sliderValue = document.getElementById("threshold-value");
const drop = document.getElementById("drop");
const preview = document.getElementById("preview");
const upload = form.elements.image;
const text = form.elements.text;

let previewUrl = null;
let asked = 0;

document.documentElement.classList.add("scripted");
for (const mark of form.querySelectorAll(".mark-name")) {
  mark.disabled = false;
  mark.addEventListener("click", () => moveSlider(mark.value));
}
slider.addEventListener("input", () => moveSlider(slider.value));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});

// ---- choosing a photo

for (const example of form.querySelectorAll("input[name=example]")) {
  example.addEventListener("change", () => {
    upload.value = "";
    showPreview();
    text.value = example.dataset.phrases;
    form.elements.kind.value = "phrases";
    ask();
  });
}
upload.addEventListener("change", uploadChosen);
preview.addEventListener("error", () => (preview.hidden = true)); // not an image after all

for (const type of ["dragenter", "dragover"]) {
  document.addEventListener(type, (event) => {
    if (event.dataTransfer?.types.includes("Files")) {
      event.preventDefault();
      drop.classList.add("over");
    }
  });
}
document.addEventListener("dragleave", (event) => {
  if (event.relatedTarget === null) drop.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  drop.classList.remove("over");
  take(event.dataTransfer.files);
});
document.addEventListener("paste", (event) => {
  if (event.clipboardData?.files.length) take(event.clipboardData.files);
});

function take(files) {
  const photo = [...files].find((file) => file.type.startsWith("image/")) ?? files[0];
  const transfer = new DataTransfer();
  transfer.items.add(photo);
  upload.files = transfer.files;
  uploadChosen();
}

function uploadChosen() {
  for (const example of form.querySelectorAll("input[name=example]")) {
    example.checked = false;
  }
  showPreview();
}

function showPreview() {
  if (previewUrl) URL.revokeObjectURL(previewUrl);
  previewUrl = upload.files.length ? URL.createObjectURL(upload.files[0]) : null;
  preview.hidden = previewUrl === null;
  if (previewUrl) preview.src = previewUrl;
}

// ---- asking

async function ask() {
  if (!form.reportValidity()) return;
  const turn = ++asked;
  const body = new FormData(form);
  body.append("embed", "no");
  document.body.classList.add("asking");
  try {
    const response = await fetch("/", { method: "POST", body, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const answer = page.getElementById("answer");
    if (turn === asked) {
      if (answer) show(answer);
      else showProblem("The server gave no answer; try again in a moment.");
    }
  } catch {
    if (turn === asked) showProblem("The server cannot be reached; check that it is running.");
  } finally {
    if (turn === asked) document.body.classList.remove("asking");
  }
}

function show(answer) {
  const photo = answer.querySelector(".photo");
  if (photo && !photo.hasAttribute("src") && upload.files.length) {
    // A URL of its own: the preview's is revoked when the next photo is chosen.
    photo.src = URL.createObjectURL(upload.files[0]);
    photo.addEventListener("load", () => URL.revokeObjectURL(photo.src), { once: true });
  }
  document.getElementById("answer").replaceWith(answer);
  filter();
  if (matchMedia("(max-width: 56rem)").matches) answer.scrollIntoView({ block: "start" });
}

function showProblem(sentence) {
  const problem = document.createElement("p");
  problem.className = "problem";
  problem.setAttribute("role", "alert");
  problem.textContent = sentence;
  document.getElementById("answer").replaceChildren(problem);
}

// ---- filtering by threshold, without asking again

function moveSlider(value) {
  slider.value = value;
  sliderValue.value = Number(value).toFixed(2);
  filter();
}

function filter() {
  const answer = document.getElementById("answer");
  if (!answer.dataset.candidates) return;
  const threshold = Number(slider.value);
  for (const mark of answer.querySelectorAll(".mark")) {
    if (Number(mark.dataset.score) >= threshold) mark.removeAttribute("visibility");
    else mark.setAttribute("visibility", "hidden");
  }
  const shown = JSON.parse(answer.dataset.candidates);
  shown.threshold = threshold;
  for (const phrase of shown.phrases) {
    phrase.boxes = phrase.boxes.filter((box) => box.score >= threshold);
    phrase.found = phrase.boxes.length > 0;
  }
  answer.querySelectorAll(".phrase").forEach((item, index) => {
    item.classList.toggle("absent", !shown.phrases[index].found);
  });
  answer.querySelector("#json").textContent = JSON.stringify(shown, null, 2);
}

// ---- taking the answer along

document.addEventListener("click", (event) => {
  if (event.target.matches("[data-copy]")) copy(event.target);
  if (event.target.matches("[data-download]")) download(event.target);
});

async function copy(button) {
  await navigator.clipboard.writeText(document.getElementById("json").textContent);
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = "Copy"), 1500);
}

async function download(button) {
  const body = new FormData();
  body.append("image", await photo());
  if (form.elements.kind.value === "caption") {
    body.append("caption", text.value);
  } else {
    for (const line of text.value.split("\n").filter((line) => line.trim())) {
      body.append("phrase", line);
    }
  }
  body.append("threshold", slider.value);
  body.append("top", "10");
  const response = await fetch("/v1/ground", {
    method: "POST",
    body,
    headers: { Accept: button.dataset.download },
  });
  if (!response.ok) {
    showProblem((await response.json()).detail);
    return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = "deixis." + button.dataset.suffix;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

async function photo() {
  if (upload.files.length) return upload.files[0];
  const example = form.querySelector("input[name=example]:checked");
  const response = await fetch(example.parentElement.querySelector("img").src);
  return response.blob();
}
