/* How many notices wait: in the masthead, and above the open page of notices what came since. */
import { counted } from "./livewords.js";

export function showNotices({ unread, newest }) {
  showOnPage(newest);
  const menu = document.querySelector(".masthead [data-menu]");
  if (!menu) return;
  const words = document.createElement("span");
  words.className = "unseen";
  words.textContent = ` ${counted("notices", unread)}`;
  badgeIn(menu.querySelector("summary"), unread)?.append(words);
  badgeIn(menu.querySelector('a[href$="/notifications/"]'), unread)?.setAttribute("aria-hidden", "true");
}

async function showOnPage(newest) {
  const page = document.querySelector("[data-notices-newest]");
  if (!page) return;
  const since = newest.filter((id) => id > Number(page.dataset.noticesNewest));
  const { showSince } = await import("./since.js");
  showSince(page, page.querySelector(".tabs"), since, "newNotices");
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
