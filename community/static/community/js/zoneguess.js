/* Chooses the browser's own zone where none is chosen yet. */
export function start() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const field of document.querySelectorAll("[data-guess-zone]")) {
    const fits = !field.options || [...field.options].some((option) => option.value === zone);
    if (fits && (field.value === "" || field.dataset.guessZone === "always")) field.value = zone;
  }
}
