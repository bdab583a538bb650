/* How long it is until something begins, beside its date; nothing once it has. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS = [["day", DAY, 2 * DAY], ["hour", HOUR, 2 * HOUR], ["minute", MINUTE, 0]]; // each from how long on
const words = new Intl.RelativeTimeFormat(`${document.documentElement.lang}-u-nu-latn`, { numeric: "always" });

export function start() {
  count();
  setInterval(count, MINUTE / 2);
}

function count() {
  for (const place of document.querySelectorAll("[data-counts-to]")) {
    const left = new Date(place.dataset.countsTo) - Date.now();
    const [unit, length] = UNITS.find(([, , least]) => left >= least) ?? [];
    const text = unit && left > 0 ? words.format(Math.max(1, Math.floor(left / length)), unit) : "";
    if (place.textContent !== text) place.textContent = text;
  }
}
