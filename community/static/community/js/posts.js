/* The posts of a thread's page. What all see comes by the thread's stream; what is mine about it by my own. */
import { Arrivals } from "./arrivals.js";
import { made } from "./fragments.js";
import { keepingFocus, putAt, renew, steadily } from "./placing.js";
import { showState } from "./state.js";

const me = document.documentElement.dataset.member;

export class Posts {
  constructor(container) {
    this.container = container;
    this.stream = container.dataset.stream;
    this.shared = new Map(); // the newest of what all see, by id
    this.apart = new Map(); // of what only I see
    this.marks = new Map(); // own, voted
    this.arrivals = new Arrivals(container, "newReplies");
  }

  put(things) {
    steadily(() => {
      for (const thing of things) {
        if (thing.id.startsWith("head-")) putHead(made(thing.html));
        else if (thing.id.startsWith("poll-")) import("./poll.js").then(({ putPoll }) => putPoll(thing));
        else { this.shared.set(thing.id, thing); this.show(thing.id); }
      }
    });
  }

  putMine(things) {
    steadily(() => {
      for (const thing of things.filter(({ data }) => data?.on === this.stream)) {
        if (thing.html === null) this.apart.delete(thing.id);
        else this.apart.set(thing.id, thing);
        this.marks.set(thing.id, thing.data);
        this.show(thing.id);
        this.mark(this.slot(thing.id), thing.data);
      }
    });
  }

  slot(id) {
    return this.container.querySelector(`:scope > [data-slot="${id.slice(5)}"]`);
  }

  show(id) {
    const thing = this.apart.get(id) ?? this.shared.get(id);
    const slot = this.slot(id);
    if (!thing) return;
    if (thing.html === null) return this.takeOff(slot, thing);
    if (!slot) return this.add(thing);
    if (versionOf(slot) > thing.version) return;
    const fresh = made(thing.html);
    keepingFocus(slot, () => (slot.firstElementChild ? renew(slot.firstElementChild, fresh) : slot.append(fresh)));
    putAt(this.container, slot, thing.place);
  }

  add(thing, article = made(thing.html)) {
    const slot = document.createElement("div");
    slot.className = `slot ${thing.data?.kind ?? ""}`;
    slot.dataset.slot = thing.id.slice(5);
    slot.append(article);
    const isMine = me && slot.querySelector(`header a[href$="/members/${CSS.escape(me)}/"]`);
    this.mark(slot, this.marks.get(thing.id) ?? { own: Boolean(isMine) });
    if (!putAt(this.container, slot, thing.place)) return;
    if (!isMine) this.arrivals.add(slot);
    this.container.dispatchEvent(new CustomEvent("post-shown", { detail: slot, bubbles: true }));
  }

  /* Of my own post my own stream may have something else to say: a moment for it. */
  takeOff(slot, thing) {
    if (!slot || (slot.classList.contains("own") && versionOf(slot) === thing.version)) return;
    const { id } = thing;
    const off = () => { if ((this.apart.get(id) ?? this.shared.get(id))?.html === null) this.remove(slot); };
    if (slot.classList.contains("own")) setTimeout(() => steadily(off), 1000);
    else off();
  }

  remove(slot) {
    this.arrivals.drop(slot);
    slot.remove();
  }

  mark(slot, { own = false, voted = false, bookmarked = false }) {
    if (!slot) return;
    keepingFocus(slot, () => {
      slot.classList.toggle("own", own);
      slot.classList.toggle("voted", voted);
      slot.classList.toggle("bookmarked", bookmarked);
    });
    if (own) this.arrivals.drop(slot);
  }

  /* From the page as it would be made now. */
  takeOver(fresh) {
    for (const name of ["isFirst", "isLast"]) delete this.container.dataset[name];
    Object.assign(this.container.dataset, fresh.dataset);
    this.container.className = fresh.className;
    for (const known of [this.shared, this.apart, this.marks]) known.clear();
    const slots = [...fresh.querySelectorAll(":scope > [data-slot]")];
    const kept = new Set(slots.map((slot) => slot.dataset.slot));
    steadily(() => {
      const shown = [...this.container.querySelectorAll(":scope > [data-slot]")];
      for (const slot of shown.filter(({ dataset }) => !kept.has(dataset.slot))) this.remove(slot);
      for (const slot of slots) this.takeSlot(slot);
    });
  }

  takeSlot({ className, dataset: { slot: number, place }, firstElementChild: article }) {
    const data = { kind: className.split(" ").at(-1) };
    const slot = this.slot(`post-${number}`);
    const marks = Object.fromEntries(className.split(" ").map((name) => [name, true]));
    this.marks.set(`post-${number}`, marks);
    if (!slot) return this.add({ id: `post-${number}`, place, data }, document.importNode(article, true));
    slot.className = `slot ${data.kind}`;
    this.mark(slot, marks);
    keepingFocus(slot, () => renew(slot.firstElementChild, document.importNode(article, true)));
    putAt(this.container, slot, place);
  }
}

const versionOf = (slot) => Number(slot.firstElementChild?.dataset.version ?? 0);

/* A head has no place of its own in the list. */
export function putHead(fresh) {
  const old = document.getElementById(fresh.id);
  if (!old) return;
  const isLocked = "locked" in fresh.dataset;
  if (isLocked !== "locked" in old.dataset) document.dispatchEvent(new CustomEvent("thread-locked"));
  keepingFocus(old, () => old.replaceWith(fresh));
  const [before, now] = [old, fresh].map((head) => head.querySelector("h1").textContent);
  document.title = document.title.replace(before, () => now);
  showState();
}
