// Shows a training as it goes: the server sends the piece of the page that tells how it stands
// whenever that changes. Without it the page shows how it stood when it was loaded.

const state = document.getElementById("state");
const pulse = document.getElementById("pulse");

document.documentElement.classList.add("scripted");
if (state) follow();

function follow() {
  const since = encodeURIComponent(state.dataset.version);
  const events = new EventSource(`${state.dataset.events}?since=${since}`);
  events.addEventListener("open", () => say("live"));
  events.addEventListener("error", () => say("waiting for the server"));
  events.addEventListener("message", (event) => {
    const piece = new DOMParser().parseFromString(event.data, "text/html");
    state.replaceChildren(...piece.body.childNodes);
    state.dataset.version = event.lastEventId;
  });
}

function say(word) {
  pulse.hidden = false;
  if (pulse.textContent !== word) pulse.textContent = word;
  pulse.classList.toggle("live", word === "live");
}
