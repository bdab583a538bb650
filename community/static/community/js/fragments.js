/* The only door by which markup from our own server enters a page. */
import { sayTimes } from "./times.js";

const policy = globalThis.trustedTypes?.createPolicy("frontline", { createHTML: (html) => html });

export function show(place, html) {
  place.innerHTML = policy ? policy.createHTML(html) : html;
  sayTimes(place);
}
