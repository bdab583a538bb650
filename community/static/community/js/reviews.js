/* How much waits for a moderator: in the masthead, and above the open review queue what came since. */
import { announce } from "./arrivals.js";
import { counted } from "./livewords.js";
import { badgeIn } from "./notices.js";

export function showReviews({ waiting, newest }) {
  const words = document.createElement("span");
  words.className = "unseen";
  words.textContent = ` ${counted("reviews", waiting)}`;
  badgeIn(document.querySelector(".masthead [data-reviews]"), waiting)?.append(words);
  const queue = document.querySelector("[data-review-newest]");
  if (queue) showNew(queue, newest.filter((id) => id > Number(queue.dataset.reviewNewest)));
}

function showNew(queue, ids) {
  const shown = queue.querySelector("[data-new-items]");
  if (!ids.length) return shown?.remove();
  for (const id of ids) announce("newItems", id);
  const button = shown ?? newButton(queue);
  button.textContent = counted("newItems", ids.length);
}

function newButton(queue) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button small pill";
  button.dataset.newItems = "";
  button.addEventListener("click", () => location.reload());
  queue.querySelector("form").after(button);
  return button;
}
