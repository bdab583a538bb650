/* Similar threads, below a thread, once its reader has come so far. Without this a link leads to them. */
import { parsed } from "./fragments.js";

export function start(place) {
  const seen = new IntersectionObserver(async ([entry]) => {
    if (!entry.isIntersecting) return;
    seen.disconnect();
    const answer = await fetch(place.querySelector("a").href, { credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok) return;
    const page = parsed(await answer.text());
    place.replaceChildren(document.importNode(page.querySelector("#alike, main .empty"), true));
  });
  seen.observe(place);
}
