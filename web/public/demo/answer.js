// The answer that the page shows: which of its phrases are found, unsure or absent at the threshold,
// and which were left out. All of it happens in the page.

const section = document.getElementById("answer");
const PARTS = ["problem", "caption", "stage", "found", "take"];

let candidates = null; // the answer with every box, as the server wrote it
let unsureFrom = 1; // the score from which the best box is shown as a guess
let exact = 0; // the threshold that the server went by, with more decimals than the slider has
let leftOut = new Set();

/** Takes the answer of the page as it is now. */
export function read() {
  const found = part("found");
  candidates = found.dataset.candidates ? JSON.parse(found.dataset.candidates) : null;
  exact = Number(found.dataset.threshold);
  unsureFrom = Number(found.dataset.unsure ?? 1);
  leftOut = new Set();
  delete section.dataset.held;
  for (const words of section.querySelectorAll(".words-of, .name")) {
    words.setAttribute("role", "button");
    words.setAttribute("aria-pressed", "false");
  }
  smallBoxesOnTop();
}

/** Shows the answer of another page; `keepPhoto` leaves what is shown under the boxes. */
export function replaceBy(page, keepPhoto = false) {
  for (const id of PARTS) {
    const other = document.importNode(page.getElementById(id), true);
    if (id === "stage" && keepPhoto) {
      part(id).querySelector(".boxes")?.remove();
      const boxes = other.querySelector(".boxes");
      if (boxes) part(id).append(boxes);
    } else {
      part(id).replaceWith(other);
    }
  }
  read();
}

/** Clears what was found, for a photo that nothing is known of. */
export function clear() {
  for (const id of PARTS) part(id).replaceChildren();
  delete part("found").dataset.candidates;
  read();
}

/** Says why there is no answer, and offers to ask again if that may help. */
export function showProblem(sentence, mayPass) {
  const problem = document.createElement("p");
  problem.className = "problem";
  problem.setAttribute("role", "alert");
  problem.append(sentence + " ");
  if (mayPass) {
    const again = document.createElement("button");
    again.type = "button";
    again.className = "pill";
    again.dataset.again = "";
    again.textContent = "Try again";
    problem.append(again);
  }
  part("problem").replaceChildren(problem);
}

/** Returns the plain caption, or null if phrases were asked. */
export function caption() {
  return candidates?.caption ?? null;
}

/** Returns whether the words were read as one expression, with its relations. */
export function isExpression() {
  return Boolean(candidates?.reading);
}

/** Returns the phrases that were not left out: index, text and span. */
export function phrases() {
  if (!candidates) return [];
  return candidates.phrases
    .map(({ text, span }, index) => ({ index, text, span }))
    .filter(({ index }) => !leftOut.has(index));
}

/** Takes a phrase out of everything that is shown. */
export function leaveOut(index) {
  leftOut.add(index);
  for (const element of section.querySelectorAll(`[data-phrase="${index}"]`)) {
    const words = element.querySelector(".words-of");
    if (words) {
      const plain = document.createElement("span");
      plain.dataset.start = words.dataset.start;
      plain.textContent = words.textContent;
      element.replaceWith(plain);
    } else {
      element.remove();
    }
  }
  release();
}

/** Returns the answer as it reads at a threshold, in the form that the interface gives it. */
export function at(threshold) {
  const moved = threshold.toFixed(2) !== exact.toFixed(2);
  const level = moved ? threshold : exact;
  const phrases = candidates.phrases
    .map((phrase) => {
      const own = moved ? undefined : phrase.threshold;
      const boxes = phrase.boxes.filter((box) => box.score >= (own ?? level));
      const shown = { ...phrase, threshold: own, found: boxes.length > 0, boxes };
      shown.state = stateOf(shown);
      shown.guess = shown.state === "unsure" ? phrase.boxes[0] : undefined;
      return shown;
    })
    .filter((phrase, index) => !leftOut.has(index));
  return { ...candidates, threshold: level, phrases };
}

/** Returns what the page says of a phrase: found, unsure or absent. */
function stateOf(phrase) {
  if (phrase.found) return "found";
  return phrase.score >= unsureFrom ? "unsure" : "absent";
}

/** Returns a chance as people read it. */
export function percent(chance) {
  return `${Math.round(100 * chance)} %`;
}

/** Returns what a chance is called at a threshold, as the server says it before the slider moves. */
export function bands(threshold) {
  if (!candidates) return "";
  const [found, unsure] = [threshold, unsureFrom].map((level) => Math.round(100 * level));
  const between = unsure < found ? `From ${unsure} % on: unsure, dashed. ` : "";
  return `From ${found} % on: found. ${between}Below: not in this picture.`;
}

/** Shows the answer at a threshold, and returns how many of its phrases are in which state. */
export function filter(threshold) {
  const states = { found: 0, unsure: 0, absent: 0 };
  if (!candidates) return states;
  const shown = at(threshold);
  const kept = phrases();
  shown.phrases.forEach((phrase, place) => {
    const index = kept[place].index;
    const least = phrase.threshold ?? shown.threshold;
    const { state } = phrase;
    states[state]++;
    for (const element of section.querySelectorAll(`[data-phrase="${index}"]`)) {
      if (element.matches(".mark")) {
        const guess = state === "unsure" && "best" in element.dataset;
        const visible = guess || Number(element.dataset.score) >= least;
        element.setAttribute("visibility", visible ? "visible" : "hidden");
        if (guess && element.matches("rect"))
          element.setAttribute("stroke-dasharray", element.ownerSVGElement.dataset.dash);
        else element.removeAttribute("stroke-dasharray");
      } else {
        element.classList.remove("found", "unsure", "absent");
        element.classList.add(state);
        const count = element.querySelector(".boxes-count");
        if (count)
          count.textContent = phrase.boxes.length > 1 ? `, ${phrase.boxes.length} boxes` : "";
      }
    }
  });
  document.getElementById("nothing").hidden = states.absent < kept.length || kept.length === 0;
  document.getElementById("json").textContent = JSON.stringify(shown, null, 2);
  return states;
}

/** Keeps a phrase and its boxes in the light until it is released, or releases it. */
export function hold(element) {
  const hue = [...element.classList].find((name) => name.startsWith("hue-"))?.slice(4);
  if (hue === undefined || section.dataset.held === hue) {
    release();
    return;
  }
  section.dataset.held = hue;
  pressed();
}

/** Lets go of the phrase that is held. */
export function release() {
  delete section.dataset.held;
  pressed();
}

function pressed() {
  for (const words of section.querySelectorAll(".words-of, .name")) {
    const held = words.parentElement.classList.contains("hue-" + section.dataset.held);
    words.setAttribute("aria-pressed", String(held));
  }
}

function part(id) {
  return document.getElementById(id);
}

/** A box inside another one can then be pointed at. */
function smallBoxesOnTop() {
  const drawing = part("stage").querySelector(".boxes");
  if (!drawing) return;
  const area = (box) => box.width.baseVal.value * box.height.baseVal.value;
  const labels = drawing.querySelector(":scope > g");
  [...drawing.querySelectorAll(":scope > .mark")]
    .sort((one, other) => area(other) - area(one))
    .forEach((box) => drawing.insertBefore(box, labels));
}
