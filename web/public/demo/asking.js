// One question at a time to the server, with progress, and with a sentence for whatever goes wrong.

const PATIENCE_MS = 250; // a shorter wait needs no progress shown

const progress = document.getElementById("progress");
const progressText = document.getElementById("progress-text");
const progressBar = document.getElementById("progress-bar");

let current = null;

document.getElementById("cancel").addEventListener("click", cancel);

/** A question that was not answered; the message is a sentence for the person who asked. */
export class Unanswered extends Error {
  constructor(sentence, mayPass) {
    super(sentence);
    this.mayPass = mayPass;
  }
}

/** Gives up the question that is being asked, if one is. */
export function cancel() {
  current?.abort();
}

/**
 * Asks for a page.
 *
 * `prepare` returns (a promise of) the method, the address and the body; `quiet` leaves the answer
 * that is shown as it is. Returns the page as a document, or null if another question or the person
 * came between. Throws Unanswered.
 */
export async function ask(prepare, quiet = false) {
  cancel();
  const turn = new AbortController();
  current = turn;
  if (!quiet) document.body.classList.add("asking");
  say("Preparing the photo …");
  const waiting = setTimeout(() => (progress.hidden = quiet), PATIENCE_MS);
  try {
    const { method, url, body } = await prepare();
    if (turn.signal.aborted) return null;
    const page = await send(method, url, body, turn.signal);
    return turn.signal.aborted ? null : page;
  } catch (failure) {
    if (turn.signal.aborted) return null;
    throw failure;
  } finally {
    clearTimeout(waiting);
    if (current === turn) {
      current = null;
      progress.hidden = true;
      document.body.classList.remove("asking");
    }
  }
}

function say(text, share) {
  progressText.textContent = text;
  if (share === undefined) progressBar.removeAttribute("value");
  else progressBar.value = share;
}

/** fetch() does not tell how much of a body has gone out; XMLHttpRequest does. */
function send(method, url, body, signal) {
  return new Promise((answer, fail) => {
    const request = new XMLHttpRequest();
    signal.addEventListener("abort", () => request.abort());
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) say("Sending …", event.loaded / event.total);
    });
    request.upload.addEventListener("load", () => say("Searching …"));
    request.addEventListener("load", () => {
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      if (page.getElementById("answer")) answer(page);
      else fail(refusal(request));
    });
    request.addEventListener("error", () =>
      fail(
        new Unanswered(
          "The server cannot be reached; check that it is running and try again.",
          true,
        ),
      ),
    );
    request.addEventListener("abort", () => fail(new Unanswered("Cancelled.", true)));
    request.open(method, url);
    request.setRequestHeader("Accept", "text/html, application/problem+json");
    say("Searching …");
    request.send(body);
  });
}

/** Returns what a problem document (RFC 9457) says, if that is what came. */
function refusal(request) {
  const again = request.status >= 429;
  try {
    return new Unanswered(JSON.parse(request.responseText).detail, again);
  } catch {
    const sentence = `The server gave no answer (status ${request.status}); try again in a moment.`;
    return new Unanswered(sentence, again);
  }
}
