/* Chooses the browser's own zone where none is chosen yet. */
export function start() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const select of document.querySelectorAll("select[data-guess-zone]")) {
    const isThere = [...select.options].some((option) => option.value === zone);
    if (isThere && (select.value === "" || select.dataset.guessZone === "always")) select.value = zone;
  }
}
