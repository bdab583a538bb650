/* The threads of a forum's page. A row holds nothing of the reader: whether it is unread is kept here. */
import { Arrivals } from "./arrivals.js";
import { made } from "./fragments.js";
import { keepingFocus, putAt, renew, steadily } from "./placing.js";

const me = document.documentElement.dataset.member;

export class Rows {
  constructor(container) {
    this.container = container;
    this.stream = container.dataset.stream;
    this.own = new Set(); // ids of posts
    this.isWhole = container.dataset.order === "active" && !new URL(location.href).searchParams.has("tag");
    this.arrivals = new Arrivals(container, "newThreads");
  }

  put(things) {
    steadily(() => { for (const thing of things) this.show(thing); });
  }

  show(thing) {
    const row = this.container.querySelector(`:scope > #${CSS.escape(thing.id)}`);
    if (thing.html === null) {
      if (row) this.remove(row);
    } else if (row) this.change(row, thing);
    else if (this.isWhole) this.add(thing);
  }

  add(thing) {
    const row = made(thing.html);
    if (!putAt(this.container, row, thing.place)) return;
    this.read(row, thing, true);
    if (row.classList.contains("unread") || !me) this.arrivals.add(row);
  }

  change(row, thing) {
    const isMoved = row.dataset.place !== thing.place;
    const wasUnread = row.classList.contains("unread");
    const place = row.dataset.place;
    keepingFocus(row, () => renew(row, made(thing.html)));
    const now = document.getElementById(thing.id);
    now.dataset.place = place;
    this.read(now, thing, wasUnread || isMoved);
    if (this.isWhole) putAt(this.container, now, thing.place);
  }

  remove(row) {
    this.arrivals.drop(row);
    row.remove();
  }

  /* A member's link leads to the first post that she has not read. */
  read(row, { data }, isUnread) {
    if (data?.last_post) row.dataset.lastPost = data.last_post;
    row.classList.toggle("unread", Boolean(me) && isUnread && !this.own.has(row.dataset.lastPost));
    const link = row.querySelector("h3 a");
    if (row.classList.contains("unread")) link.href = link.href.replace(/(\/threads\/\d+\/).*$/, "$1unread/");
  }

  putMine(things) {
    for (const { id, data } of things) {
      if (!data?.own) continue;
      this.own.add(id.slice(5));
      const row = this.container.querySelector(`:scope > [data-last-post="${CSS.escape(id.slice(5))}"]`);
      row?.classList.remove("unread");
      if (row) this.arrivals.drop(row);
    }
  }

  takeOver(fresh) {
    for (const name of ["isFirst", "isLast"]) delete this.container.dataset[name];
    Object.assign(this.container.dataset, fresh.dataset);
    steadily(() => this.container.replaceChildren(...[...fresh.children].map((row) => document.importNode(row, true))));
  }
}
