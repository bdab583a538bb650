/* Guests' pages are the same for everybody and say UTC; here their browser says its own zone instead.
   Members' pages come in the zone each has chosen and are left alone. The manners are those of i18n/times.py. */
const language = document.documentElement.lang;
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const formatter = new Intl.DateTimeFormat(`${language}-u-nu-latn-ca-gregory`, {
  day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

export function sayTimes(within) {
  if (document.documentElement.dataset.zone || !ownZone) return;
  for (const element of within.querySelectorAll("time[data-when]")) {
    const moment = new Date(element.dateTime);
    if (!Number.isNaN(moment.valueOf())) element.textContent = inWords(moment, element.dataset.when === "day");
  }
  const note = document.querySelector("[data-zone-name]");
  const words = [...new Set([ownZone.replaceAll("_", " "), zoneInWords(new Date())])];
  if (note) note.textContent = words.join(", ");
}

export function clock(moment) {
  const part = parts(moment);
  return `${part.hour}:${part.minute}`;
}

function inWords(moment, dayOnly) {
  const { day, month, year, hour, minute } = parts(moment);
  const words = language === "pt" ? `${day} de ${month} de ${year}` : `${day} ${month} ${year}`;
  return dayOnly ? words : `${words}${language === "ar" ? "،" : ","} ${hour}:${minute} ${zoneInWords(moment)}`;
}

function parts(moment) {
  return Object.fromEntries(formatter.formatToParts(moment).map(({ type, value }) => [type, value]));
}

function zoneInWords(moment) {
  const minutes = -moment.getTimezoneOffset();
  if (minutes === 0) return "UTC";
  const rest = Math.abs(minutes) % 60;
  const hours = Math.floor(Math.abs(minutes) / 60);
  const sign = minutes > 0 ? "+" : "−";
  return `${language === "fr" ? "UTC" : "GMT"}${sign}${hours}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`;
}
