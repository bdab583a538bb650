/* How many notices wait, in the masthead. */
import { counted } from "./livewords.js";

export function showNotices({ unread }) {
  const menu = document.querySelector(".masthead [data-menu]");
  if (!menu) return;
  const words = document.createElement("span");
  words.className = "unseen";
  words.textContent = ` ${counted("notices", unread)}`;
  badgeIn(menu.querySelector("summary"), unread)?.append(words);
  badgeIn(menu.querySelector('a[href$="/notifications/"]'), unread)?.setAttribute("aria-hidden", "true");
}

export function badgeIn(place, unread) {
  place?.querySelector(".badge")?.remove();
  if (!place || !unread) return null;
  const badge = document.createElement("span");
  badge.className = "badge";
  badge.textContent = unread;
  place.append(" ", badge);
  return badge;
}
