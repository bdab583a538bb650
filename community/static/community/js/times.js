/* Guests' pages are the same for everybody and say UTC; here their browser says its own zone instead.
   Members' pages come in the zone each has chosen; what arrives later is said in it. The manners are those
   of i18n/times.py. */
const { lang: language, dataset: { zone: chosen } } = document.documentElement;
const zone = chosen || Intl.DateTimeFormat().resolvedOptions().timeZone;
const formatter = made(`${language}-u-nu-latn-ca-gregory`, {
  weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});
const offsets = made("en", { timeZoneName: "longOffset" });

/* In the browser's own zone where it has never heard of the chosen one; the zone is always named. */
function made(locale, parts) {
  try {
    return new Intl.DateTimeFormat(locale, { ...parts, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat(locale, parts);
  }
}

export function sayTimes(within) {
  if (!zone || (chosen && within === document)) return;
  for (const element of within.querySelectorAll("time[data-when]")) {
    const moment = new Date(element.dateTime);
    if (!Number.isNaN(moment.valueOf())) element.textContent = inWords(moment, element.dataset.when);
  }
  const note = within === document ? document.querySelector("[data-zone-name]") : null;
  const words = [...new Set([nameOfZone(), zoneInWords(new Date())])];
  if (note) note.textContent = words.join(", ");
}

/* "Colombia Time", in the page's language: an IANA name is no reader's word. */
function nameOfZone() {
  const parts = made(language, { timeZoneName: "longGeneric" }).formatToParts(new Date());
  return zone.includes("/") ? parts.find(({ type }) => type === "timeZoneName").value : zone;
}

export function clock(moment) {
  const part = parts(moment);
  return `${part.hour}:${part.minute}`;
}

function inWords(moment, kind) {
  const { weekday, day, month, year, hour, minute } = parts(moment);
  const date = language === "pt" ? `${day} de ${month} de ${year}` : `${day} ${month} ${year}`;
  if (kind === "day") return date;
  const words = `${date}${language === "ar" ? "،" : ","} ${hour}:${minute} ${zoneInWords(moment)}`;
  return kind === "meeting" ? `${weekday} ${words}` : words;
}

function parts(moment) {
  return Object.fromEntries(formatter.formatToParts(moment).map(({ type, value }) => [type, value]));
}

function zoneInWords(moment) {
  const said = offsets.formatToParts(moment).find(({ type }) => type === "timeZoneName").value;
  const [, sign, hours, rest] = said.match(/([+-])(\d+):(\d+)/) ?? [];
  if (!sign || (hours === "00" && rest === "00")) return "UTC";
  const clock = `${Number(hours)}${rest === "00" ? "" : `:${rest}`}`;
  return `${language === "fr" ? "UTC" : "GMT"}${sign === "-" ? "−" : "+"}${clock}`;
}
