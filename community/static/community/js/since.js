/* Above an open list: how many came since it was made, and a button that shows them. */
import { announce } from "./arrivals.js";
import { counted } from "./livewords.js";

/* Params: list, the page's part with the list; above, what the button follows; ids, of what came; name, of the counted words. */
export function showSince(list, above, ids, name) {
  const shown = list.querySelector("[data-since]");
  if (!ids.length) return shown?.remove();
  for (const id of ids) announce(name, id);
  const button = shown ?? buttonAfter(above);
  button.textContent = counted(name, ids.length);
}

function buttonAfter(above) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button small pill";
  button.dataset.since = "";
  button.addEventListener("click", () => location.reload());
  above.after(button);
  return button;
}
