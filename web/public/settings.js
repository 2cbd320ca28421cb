// Tells at once what a threshold buys. Without it the form works all the same: the figures are then
// those of the thresholds that were saved.

const STEPS = 100;
// The plot of a chart, in its own units; as in ChartLayout.
const PLOT_LEFT = 56;
const PLOT_WIDTH = 408;

const form = document.querySelector("form.thresholds");
document.documentElement.classList.add("scripted");

const groups = [...(form?.querySelectorAll(".threshold") ?? [])].map((element) => ({
  element,
  own: element.querySelector("input[name=own]"),
  slider: element.querySelector("input[type=range]"),
  right: counts(element.dataset.right),
  wrong: counts(element.dataset.wrong),
}));
const [common, ...others] = groups;
const types = others.filter((group) => group.own);

for (const group of groups) {
  group.slider.addEventListener("input", () => {
    if (group.own) group.own.checked = true;
    refresh();
  });
  group.own?.addEventListener("change", refresh);
  for (const mark of group.element.querySelectorAll(".pill")) {
    mark.addEventListener("click", () => {
      group.slider.value = mark.value;
      if (group.own) group.own.checked = true;
      refresh();
    });
  }
}
if (common) refresh();

function refresh() {
  for (const type of types) {
    if (!type.own.checked) type.slider.value = common.slider.value;
    type.element.classList.toggle("follows", !type.own.checked);
  }
  groups.forEach(show);
}

function show(group) {
  const threshold = Number(group.slider.value);
  group.element.querySelector("output").value = threshold.toFixed(2);
  if (!group.right) return;
  const step = Math.round(threshold * STEPS);
  const truePositives = sum(group.right, step);
  const falsePositives = sum(group.wrong, step);
  const positives = sum(group.right, 0);
  const precision = share(truePositives, truePositives + falsePositives);
  const recall = share(truePositives, positives);
  const f1 = share(2 * truePositives, truePositives + falsePositives + positives);
  for (const [name, value] of Object.entries({ precision, recall, f1 })) {
    group.element.querySelector(`[data-figure=${name}]`).textContent = value.toFixed(3);
  }
  const x = (PLOT_LEFT + PLOT_WIDTH * threshold).toFixed(1);
  for (const line of group.element.querySelectorAll(".chart > .guide > .shape")) {
    line.setAttribute("d", line.getAttribute("d").replace(/([ML])[\d.]+/g, `$1${x}`));
  }
}

function counts(text) {
  return text ? text.split(" ").map(Number) : null;
}

function sum(bins, from) {
  return bins.slice(from).reduce((total, count) => total + count, 0);
}

function share(part, whole) {
  return whole ? part / whole : 0;
}
