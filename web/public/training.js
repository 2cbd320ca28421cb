// Shows a training as it goes: the server sends the piece of the page that tells how it stands
// whenever that changes. Without it the page shows how it stood when it was loaded.

const state = document.getElementById("state");
const pulse = document.getElementById("pulse");

const FRESH_MS = 60_000; // a training that runs tells something new within it, most of the time

let lastNews = Date.parse(document.querySelector(".shown time")?.dateTime);

document.documentElement.classList.add("scripted");
if (state) follow();

function follow() {
  const since = encodeURIComponent(state.dataset.version);
  const events = new EventSource(`${state.dataset.events}?since=${since}`);
  let open = false;
  const tell = () => open && say(fresh() ? "live" : `no news since ${clock(lastNews)}`);
  setInterval(tell, FRESH_MS / 6);
  events.addEventListener("open", () => {
    open = true;
    tell();
  });
  events.addEventListener("error", () => {
    open = false;
    say("waiting for the server");
  });
  events.addEventListener("message", (event) => {
    const piece = new DOMParser().parseFromString(event.data, "text/html");
    state.replaceChildren(...piece.body.childNodes);
    state.dataset.version = event.lastEventId;
    lastNews = Date.now();
    tell();
  });
}

function fresh() {
  return Date.now() - lastNews < FRESH_MS;
}

function clock(time) {
  const today = new Date(time).toDateString() === new Date().toDateString();
  return new Date(time).toLocaleString([], { dateStyle: today ? undefined : "medium", timeStyle: "short" });
}

function say(word) {
  pulse.hidden = false;
  if (pulse.textContent !== word) pulse.textContent = word;
  pulse.classList.toggle("live", word === "live");
}
