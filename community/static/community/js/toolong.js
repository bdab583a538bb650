/* A text longer than its field takes says so below it while it is typed, and is not sent; it is never cut. */
import { word } from "./words.js";

/* As the server counts: characters, not the halves that some are kept as. */
const lengthOf = (text, most) => (text.length > most ? [...text].length : text.length);

function look(field) {
  const most = Number(field.dataset.most);
  const has = lengthOf(field.value, most);
  const note = has > most ? word("tooLong").replace("{has}", has).replace("{most}", most) : "";
  field.setCustomValidity(note);
  const place = document.getElementById(`${field.id}_too_long`);
  if (place && place.textContent !== note) place.textContent = note;
}

function watch(field) {
  const place = document.createElement("p");
  Object.assign(place, { id: `${field.id}_too_long`, className: "hint" });
  place.setAttribute("role", "status");
  field.after(place);
  field.addEventListener("input", () => look(field));
  look(field); // the browser may have brought it back
}

export function start() {
  document.querySelectorAll("textarea[data-most]").forEach(watch);
}
