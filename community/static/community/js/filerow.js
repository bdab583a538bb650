/* One file in the list of a form: its words stand in the form's own template, in the page's language. */
import { tokenOf } from "./sending.js";

const pattern = (box) => box.querySelector("[data-row]").content.firstElementChild;

export function made(box, name, size) {
  const row = pattern(box).cloneNode(true);
  row.querySelector("[data-name]").textContent = name;
  row.querySelector("[data-size]").textContent = inWords(size);
  row.querySelector("progress").setAttribute("aria-label", name);
  return row;
}

/* As the server knows it. */
export function show(box, row, { id, name, size, state, words, kind, alt, picture }) {
  row.dataset.file = id;
  row.querySelector("[data-name]").textContent = name;
  row.querySelector("[data-size]").textContent = inWords(size);
  row.querySelector("progress").hidden = true;
  say(box, row, { refused: "failed", arriving: "again" }[state] ?? state, words);
  const line = row.querySelector("[data-alt]");
  if (line) {
    const field = line.querySelector("input");
    Object.assign(field, { name: `alt-${id}`, value: field.value || alt });
    line.hidden = kind !== "image" || state === "refused";
  }
  const icon = row.querySelector(".icon");
  if (picture && icon) icon.replaceWith(Object.assign(new Image(64, 64), { src: picture, alt: "" }));
}

/* Returns what it says: the server's words, or the template's for this state. */
export function say(box, row, state, words) {
  const said = words || pattern(box).querySelector("[data-said]").dataset[state] || "";
  const place = row.querySelector("[data-said]");
  row.dataset.state = state;
  if (state === "failed") row.querySelector("progress").hidden = true;
  if (place.textContent !== said) place.textContent = said;
  return said;
}

/* What a picture shows, kept before the form is sent. */
export function describe(box, row, alt) {
  const headers = { "X-CSRFToken": tokenOf(box.form), Accept: "application/json" };
  const address = `${box.dataset.begin.replace(/new\/$/, "")}${row.dataset.file}/alt/`;
  fetch(address, { method: "POST", body: new URLSearchParams({ alt }), headers }).catch(() => {});
}

export const isOff = (row) => row.querySelector(".drop input").checked || row.dataset.state === "failed";

function inWords(bytes) {
  const [unit, size] = bytes < 1e6 ? ["kilobyte", bytes / 1024] : ["megabyte", bytes / 1024 / 1024];
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(size);
}
