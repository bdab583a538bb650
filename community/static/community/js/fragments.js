/* The only door by which markup from our own server enters a page. */
import { sayTimes } from "./times.js";

const policy = globalThis.trustedTypes?.createPolicy("frontline", { createHTML: (html) => html });
const trusted = (html) => (policy ? policy.createHTML(html) : html);

export function show(place, html) {
  place.innerHTML = trusted(html);
  sayTimes(place);
}

/* The element that a live fragment is; its times are in UTC until they are said again here. */
export function made(html) {
  const box = document.createElement("template");
  box.innerHTML = trusted(html);
  sayTimes(box.content);
  return document.importNode(box.content.firstElementChild, true);
}

/* A whole page of ours, to take parts from. */
export function parsed(html) {
  const page = new DOMParser().parseFromString(trusted(html), "text/html");
  sayTimes(page);
  return page;
}
