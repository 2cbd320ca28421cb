// Shows a training as it goes: the server sends the piece of the page that tells how it stands
// whenever that changes. Without it the page shows how it stood when it was loaded.

const state = document.getElementById("state");
const pulse = document.getElementById("pulse");

document.documentElement.classList.add("scripted");
if (state) follow();

function follow() {
  const since = encodeURIComponent(state.dataset.version);
  const events = new EventSource(`${state.dataset.events}?since=${since}`);
  events.addEventListener("open", () => say(works() ? "live" : ""));
  events.addEventListener("error", () => say("waiting for the server"));
  events.addEventListener("message", (event) => {
    const piece = new DOMParser().parseFromString(event.data, "text/html");
    state.replaceChildren(...piece.body.childNodes);
    state.dataset.version = event.lastEventId;
    tellList();
    say(works() ? "live" : "");
  });
}

/** The list of trainings says of the one that is followed what its part of the page says. */
function tellList() {
  const row = document.querySelector(".shown .life");
  const now = state.querySelector(".now .life");
  if (row && now) {
    row.textContent = now.textContent;
    row.className = now.className;
  }
}

/** A training that has ended has nothing more to tell, though its page stays connected. */
function works() {
  return !["finished", "failed"].includes(state.querySelector(".now .life")?.textContent);
}

function say(word) {
  pulse.hidden = !word;
  if (pulse.textContent !== word) pulse.textContent = word;
  pulse.classList.toggle("live", word === "live");
}
