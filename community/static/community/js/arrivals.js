/* What came while one was reading: a button where it is out of view, and one polite sentence for those who listen. */
import { counted } from "./livewords.js";

let region = null;
let waiting = null;
const toSay = new Map();

export function start() {
  region = document.createElement("p");
  region.className = "unseen";
  region.setAttribute("aria-live", "polite");
  document.body.append(region);
}

/* Within a second all is said at once. */
export function announce(name, key) {
  toSay.set(name, (toSay.get(name) ?? new Set()).add(key));
  waiting ??= setTimeout(() => {
    waiting = null;
    const news = [...toSay].filter(([, keys]) => keys.size);
    region.textContent = news.map(([name, keys]) => counted(name, keys.size)).join(" ");
    toSay.clear();
  }, 1000);
}

export class Arrivals {
  /* Params: name, of the counted words: newReplies. */
  constructor(container, name) {
    this.container = container;
    this.name = name;
    this.unseen = new Set();
    this.watch = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) isIntersecting ? this.see(target) : this.unseen.add(target);
      this.show();
    });
  }

  add(element) {
    announce(this.name, element);
    this.watch.observe(element);
  }

  see(element) {
    this.watch.unobserve(element);
    this.unseen.delete(element);
    this.show();
  }

  /* Gone, or found to be one's own: no news. */
  drop(element) {
    toSay.get(this.name)?.delete(element);
    this.see(element);
  }

  show() {
    if (!this.unseen.size) return this.pill?.remove();
    if (!this.pill?.isConnected) this.container.after(this.button());
    this.pill.textContent = counted(this.name, this.unseen.size);
  }

  button() {
    this.pill = document.createElement("button");
    this.pill.type = "button";
    this.pill.className = "button small pill";
    this.pill.addEventListener("click", () => this.go());
    return this.pill;
  }

  /* To the first of them on the page, with the focus: here it was asked for. */
  go() {
    const first = [...this.container.children].find((each) => this.unseen.has(each));
    if (!first) return;
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
    first.scrollIntoView({ block: "start" });
  }
}
