// Steps through images by keyboard and without loading the whole page anew. Without it every image
// and every phrase is a link of its own.

const pages = new Map();
let turn = 0;

document.documentElement.classList.add("scripted");
prepare();

document.addEventListener("click", (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button) return;
  const phrase = event.target.closest("#loop [data-phrase]");
  const step = event.target.closest("#loop .steps a, #loop .empty a");
  if (phrase) {
    event.preventDefault();
    choose(phrase.dataset.phrase);
  } else if (step) {
    event.preventDefault();
    go(step.href);
  }
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("#loop .filters");
  if (!form) return;
  if (event.target.name === "view") {
    look();
  } else {
    go(`${form.action}?${new URLSearchParams(filled(form))}`);
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("#loop .filters");
  if (!form) return;
  event.preventDefault();
  go(`${form.action}?${new URLSearchParams(filled(form))}`);
});

document.addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  if (event.target.closest("input, select, textarea")) return;
  const links = { ArrowLeft: "prev", ArrowRight: "next", Home: "first", End: "last" };
  if (links[event.key]) {
    const link = document.querySelector(`#loop .steps a[rel=${links[event.key]}]`);
    event.preventDefault();
    if (link) go(link.href);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "v") {
    const other = document.querySelector("#loop .view input:not(:checked)");
    other.checked = true;
    look();
  }
});

addEventListener("popstate", () => go(location.href, false));

// ---- images

async function go(href, remember = true) {
  const mine = ++turn;
  let page;
  try {
    page = await fetched(href);
  } catch {
    location.href = href; // the browser tells what is wrong
    return;
  }
  if (mine !== turn) return;
  const loop = new DOMParser().parseFromString(page, "text/html").getElementById("loop");
  if (!loop) {
    location.href = href;
    return;
  }
  const focused = focusPlace();
  document.getElementById("loop").replaceWith(loop);
  if (focused) document.querySelector(focused)?.focus({ preventScroll: true });
  if (remember) history.pushState(null, "", href);
  prepare();
}

/** The neighbours are fetched before anybody asks for them. */
function prepare() {
  for (const link of document.querySelectorAll("#loop .steps a[rel=next], #loop .steps a[rel=prev]")) {
    fetched(link.href)
      .then((page) => {
        const image = new DOMParser().parseFromString(page, "text/html").querySelector(".stages image");
        if (image) new Image().src = image.getAttribute("href");
      })
      .catch(() => {}); // told when it is asked for
  }
}

function fetched(href) {
  if (!pages.has(href)) {
    const page = fetch(href, { headers: { Accept: "text/html" } }).then((response) => {
      if (!response.ok) throw new Error(response.statusText);
      return response.text();
    });
    page.catch(() => pages.delete(href));
    pages.set(href, page);
    if (pages.size > 20) pages.delete(pages.keys().next().value);
  }
  return pages.get(href);
}

function focusPlace() {
  const focused = document.activeElement;
  if (focused?.name) return `#loop .filters [name="${focused.name}"]`;
  if (focused?.rel) return `#loop .steps a[rel="${focused.rel}"]`;
  return null;
}

/** What is as by default is left out, so that addresses stay short. */
function filled(form) {
  return [...new FormData(form)].filter(
    ([name, value]) =>
      value !== "" &&
      !["outcome=any", "order=worst", "view=over"].includes(`${name}=${value}`),
  );
}

// ---- phrases

function choose(index) {
  for (const part of document.querySelectorAll("#loop [data-phrase]")) {
    const chosen = part.dataset.phrase === index;
    part.classList.toggle("chosen", chosen);
    const link = part.querySelector("a");
    if (!link) continue;
    if (chosen) {
      link.setAttribute("aria-current", "true");
      history.replaceState(null, "", link.href);
      part.scrollIntoView({ block: "nearest" });
    } else {
      link.removeAttribute("aria-current");
    }
  }
}

function move(by) {
  const phrases = [...document.querySelectorAll("#loop li[data-phrase]:not(.aside)")];
  const at = phrases.findIndex((phrase) => phrase.classList.contains("chosen"));
  const next = phrases[Math.max(0, Math.min(phrases.length - 1, at + by))];
  if (next) choose(next.dataset.phrase);
}

// ---- view

/** Links and address follow the view, so that the next image is seen in the same one. */
function look() {
  const side = document.querySelector("#loop .view input[value=side]").checked;
  document.querySelector("#loop .stages")?.classList.toggle("side", side);
  for (const link of document.querySelectorAll("#loop .steps a, #loop li[data-phrase] a")) {
    link.href = seen(link.href, side);
  }
  history.replaceState(null, "", seen(location.href, side));
  prepare();
}

function seen(href, side) {
  const url = new URL(href);
  if (side) url.searchParams.set("view", "side");
  else url.searchParams.delete("view");
  return url.href;
}
