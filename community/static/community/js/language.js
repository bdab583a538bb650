/* The address decides the language. Where the browser prefers another of the house's, one line offers it;
   a language once chosen is remembered for `/`, and a line once put away stays away. */
const KEPT = "frontline:language-offer";
const YEAR = 60 * 60 * 24 * 365;

export function offerLanguage() {
  const links = [...document.querySelectorAll("a[data-language]")];
  for (const link of links) link.addEventListener("click", () => remember(link.dataset.language));
  const wanted = (navigator.languages ?? []).map((tag) => tag.toLowerCase().split("-")[0]);
  const best = wanted.map((code) => links.find((link) => link.dataset.language === code)).find(Boolean);
  if (!best || best.dataset.language === document.documentElement.lang || wasPutAway()) return;
  document.querySelector("main").prepend(offer(best));
}

function offer(link) {
  const line = document.createElement("p");
  line.className = "offer notice";
  line.lang = link.lang;
  line.dir = link.dir;
  const there = link.cloneNode();
  there.removeAttribute("data-offer");
  there.textContent = link.dataset.offer;
  there.addEventListener("click", () => remember(link.dataset.language));
  const away = document.createElement("button");
  away.type = "button";
  away.textContent = "×";
  away.setAttribute("aria-label", link.dataset.refusal);
  away.addEventListener("click", () => { putAway(); line.remove(); });
  line.append(there, away);
  return line;
}

function remember(code) {
  document.cookie = `django_language=${code}; path=/; max-age=${YEAR}; samesite=lax`;
}

function wasPutAway() {
  try { return localStorage.getItem(KEPT) === document.documentElement.lang; } catch { return true; }
}

function putAway() {
  try { localStorage.setItem(KEPT, document.documentElement.lang); } catch { /* a browser that keeps nothing */ }
}
