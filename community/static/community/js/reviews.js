/* How much waits for a moderator: in the masthead, and above the open review queue what came since. */
import { counted } from "./livewords.js";
import { badgeIn } from "./notices.js";
import { showSince } from "./since.js";

export function showReviews({ waiting, newest }) {
  const words = document.createElement("span");
  words.className = "unseen";
  words.textContent = ` ${counted("reviews", waiting)}`;
  badgeIn(document.querySelector(".masthead [data-reviews]"), waiting)?.append(words);
  const queue = document.querySelector("[data-review-newest]");
  if (!queue) return;
  const since = newest.filter((id) => id > Number(queue.dataset.reviewNewest));
  showSince(queue, queue.querySelector("form"), since, "newItems");
}
