// Words of the caption: those that a person selects, on the page or in the form.

const WORD = /[\p{L}\p{N}'’-]/u;

/** Returns start and end of the whole words that a piece of a text touches, or null. */
export function wholeWords(text, start, end) {
  while (start < end && !WORD.test(text[start])) start++;
  while (end > start && !WORD.test(text[end - 1])) end--;
  if (start === end) return null;
  while (start > 0 && WORD.test(text[start - 1])) start--;
  while (end < text.length && WORD.test(text[end])) end++;
  return [start, end];
}

/**
 * Offers to look for words that are selected in the caption under the photo.
 *
 * `take` is called with start and end of the words.
 */
export function offerSelection(take) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "offer button";
  button.hidden = true;
  let span = null;
  document.body.append(button);
  document.addEventListener("selectionchange", () => {
    span = selectedSpan();
    button.hidden = span === null;
    if (span) place(button, span);
  });
  button.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the selection
  button.addEventListener("click", () => {
    const chosen = span;
    getSelection().removeAllRanges();
    button.hidden = true;
    if (chosen) take(...chosen);
  });
}

function selectedSpan() {
  const selection = getSelection();
  const caption = document.querySelector("#caption .caption");
  if (!caption || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!caption.contains(range.startContainer) || !caption.contains(range.endContainer)) return null;
  return wholeWords(
    caption.textContent,
    charactersBefore(caption, range.startContainer, range.startOffset),
    charactersBefore(caption, range.endContainer, range.endOffset),
  );
}

function charactersBefore(caption, node, offset) {
  const before = document.createRange();
  before.setStart(caption, 0);
  before.setEnd(node, offset);
  return before.toString().length;
}

function place(button, [start, end]) {
  const words = document.querySelector("#caption .caption").textContent.slice(start, end);
  button.textContent = `Find “${words}”`;
  const selected = getSelection().getRangeAt(0).getBoundingClientRect();
  const left = Math.min(
    selected.left,
    document.documentElement.clientWidth - button.offsetWidth - 8,
  );
  button.style.left = `${Math.max(8, left) + scrollX}px`;
  button.style.top = `${selected.bottom + scrollY + 6}px`;
}
