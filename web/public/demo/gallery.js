// Several photos of one's own: a tile for each, with its boxes and how much was found in it.

const list = document.getElementById("gallery");
const refusal = "; no answer, open it to see why";

/** Shows a tile for each photo, if there are several; `choose` is called with the one clicked. */
export function show(photos, chosen, choose) {
  list.hidden = photos.length < 2;
  list.replaceChildren(
    ...photos.map((photo, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "tile";
      if (photo === chosen) button.setAttribute("aria-current", "true");
      const picture = document.createElement("img");
      picture.src = photo.url;
      picture.alt = "";
      button.append(picture);
      button.addEventListener("click", () => choose(photo));
      const item = document.createElement("li");
      item.append(button);
      photo.tile = button;
      photo.label = `Photo ${place + 1}: ${photo.name}`;
      tell(photo);
      return item;
    }),
  );
}

/** Marks the chosen photo. */
export function mark(photos, chosen) {
  for (const photo of photos) {
    if (photo === chosen) photo.tile?.setAttribute("aria-current", "true");
    else photo.tile?.removeAttribute("aria-current");
  }
}

/** Draws what was found in a photo over its tile. */
export function tell(photo) {
  const tile = photo.tile;
  if (!tile) return;
  tile.querySelectorAll("svg, .count").forEach((old) => old.remove());
  let said = "";
  const count = document.createElement("span");
  count.className = "count";
  if (photo.page) {
    const boxes = photo.page.querySelector("#stage .boxes");
    if (boxes) tile.append(document.importNode(boxes, true));
    const found = photo.page.querySelectorAll(".phrase.found").length;
    const all = photo.page.querySelectorAll(".phrase").length;
    const unsure = photo.page.querySelectorAll(".phrase.unsure").length;
    const refused = photo.page.querySelector("#problem .problem");
    count.textContent = refused ? "!" : `${found}/${all}${unsure ? " ?" : ""}`;
    said = refused ? refusal : `; ${found} of ${all} found${unsure ? `, ${unsure} unsure` : ""}`;
  } else {
    count.textContent = photo.problem ? "!" : "…";
    said = photo.problem ? refusal : "";
  }
  tile.title = photo.label + said;
  tile.setAttribute("aria-label", tile.title);
  tile.append(count);
}
