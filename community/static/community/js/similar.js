/* While a title is typed: threads that may answer it already. Without this they are shown when the form comes back. */
import { show } from "./fragments.js";

const REST = 500; // milliseconds without a key
const FEWEST_WORDS = 3;

export function start() {
  for (const place of document.querySelectorAll("[data-similar]")) follow(place, place.closest("form"));
}

function follow(place, form) {
  let timer;
  let asked = "";
  const { title, tags } = form.elements;
  const ask = async () => {
    const query = new URLSearchParams({ title: title.value, tags: tags?.value ?? "" }).toString();
    if (query === asked) return;
    asked = query;
    const answer = await fetch(`${place.dataset.similar}?${query}`, { credentials: "same-origin" }).catch(() => null);
    if (answer?.ok && query === asked) show(place, await answer.text());
  };
  for (const field of [title, tags].filter(Boolean)) {
    field.addEventListener("input", () => {
      clearTimeout(timer);
      if (title.value.trim().split(/\s+/).length >= FEWEST_WORDS) timer = setTimeout(ask, REST);
    });
  }
}
