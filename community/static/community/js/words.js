/* The words that scripts say, in the page's language: templates/layout/_words.html. */
const words = document.getElementById("words")?.dataset ?? {};

export function word(name) {
  return words[name] ?? "";
}
