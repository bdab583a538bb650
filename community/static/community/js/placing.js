/* Puts things into lists by their places, without moving what the reader looks at, nor her focus. */
const placed = (container) => [...container.querySelectorAll(":scope > [data-place]")];

/* False where this page does not show that place: it lies before its first or after its last. */
export function putAt(container, element, place) {
  if (element.parentNode === container && element.dataset.place === place) return true;
  element.dataset.place = place;
  const others = placed(container).filter((each) => each !== element);
  const next = others.find((each) => each.dataset.place > place);
  const isHere = (next !== others[0] || "isFirst" in container.dataset) && (next || "isLast" in container.dataset);
  if (!isHere && others.length) {
    element.remove();
    return false;
  }
  const last = next ? others[others.indexOf(next) - 1] : others.at(-1);
  if (element.parentNode === container && before(element) === last) return true;
  keepingFocus(element, () => (next ? next.before(element) : container.append(element)));
  return true;
}

function before(element) {
  let each = element.previousElementSibling;
  while (each && !("place" in each.dataset)) each = each.previousElementSibling;
  return each ?? undefined;
}

/* Puts the new fragment where the old one stands, taking over what has not changed: a body with a word marked in it
   stays when only a vote came in. */
export function renew(old, fresh) {
  if (old.children.length !== fresh.children.length) return old.replaceWith(fresh);
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) old.setAttribute(name, value);
  const parts = [...fresh.children];
  [...old.children].forEach((part, index) => { if (!part.isEqualNode(parts[index])) part.replaceWith(parts[index]); });
}

/* Whoever was on a button finds herself on that button again, or on the one that took its place. */
export function keepingFocus(element, change) {
  const held = document.activeElement;
  if (!held || held === document.body || !element.contains(held)) return change();
  const name = nameOf(held);
  const index = open(held.parentElement).indexOf(held);
  const home = held.parentElement.className;
  change();
  if (document.activeElement === held && held.checkVisibility?.() !== false) return;
  const now = document.getElementById(element.id) ?? element;
  const all = open(now);
  const peers = open((home && now.querySelector(`.${CSS.escape(home.split(" ")[0])}`)) || now);
  const same = all.find((each) => nameOf(each) === name);
  (same ?? peers[Math.min(index, peers.length - 1)])?.focus({ preventScroll: true });
}

const nameOf = (element) => element.getAttribute("formaction") ?? element.getAttribute("href") ?? element.id;
const open = (within) => [...within.querySelectorAll("a[href], button, summary")].filter((each) => each.offsetParent);

/* What is looked at stays where it is on the screen: the first of what is in view that does not move itself. */
export function steadily(change) {
  const root = document.documentElement;
  const seen = looked().map((element) => ({ element, top: topOf(element), place: element.dataset.place }));
  root.style.overflowAnchor = "none"; // the browser's own anchoring would move it twice
  change();
  const still = seen.find(({ element, place }) => element.isConnected && element.dataset.place === place);
  const moved = still ? topOf(still.element) - still.top : 0;
  if (moved) scrollBy({ top: moved, behavior: "instant" });
  requestAnimationFrame(() => requestAnimationFrame(() => { root.style.overflowAnchor = ""; }));
}

const topOf = (element) => element.getBoundingClientRect().top;

function looked() {
  const held = document.activeElement?.closest("main *");
  const all = [...document.querySelectorAll("main [data-place], main header, main form")];
  return [held, ...all].filter((each) => each && isInView(each)).slice(0, 8);
}

function isInView(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}
