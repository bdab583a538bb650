/* What is begun in a form with data-draft="thread:42" is kept on this device as it is typed, and on the server
   where data-draft-url is given; it comes back after a reload, a crash or an expired sign-in, and is thrown
   away once it has been sent (the next page says so by ?sent=thread:42 or data-sent on <main>). */
import { offerChoice } from "./choice.js";
import { fillIn, givenIn, isEmptyIn, typedIn } from "./fields.js";
import { read, remove, write } from "./kept.js";
import { send, tokenOf } from "./sending.js";
import { clock } from "./times.js";
import { word } from "./words.js";

const REST = 2000; // milliseconds without a key before the server is told
const keyOf = (place) => `frontline:draft:${document.documentElement.dataset.member ?? ""}:${place}`;

export function start() {
  forgetSent();
  for (const form of document.querySelectorAll("form[data-draft]")) new Draft(form).open();
}

/* As this device calls itself, so that its next text takes the place of its last. */
function device() {
  const name = read("frontline:device") ?? crypto.randomUUID();
  write("frontline:device", name);
  return name;
}

function forgetSent() {
  const here = new URL(location.href);
  const sent = [here.searchParams.get("sent"), document.querySelector("main").dataset.sent];
  for (const place of sent) if (place) remove(keyOf(place));
  if (!here.searchParams.has("sent")) return;
  here.searchParams.delete("sent");
  history.replaceState(history.state, "", here);
}

class Draft {
  constructor(form) {
    this.form = form;
    this.key = keyOf(form.dataset.draft);
    this.version = Number(form.dataset.draftVersion ?? 0);
    this.asGiven = this.given();
    this.saved = this.asGiven; // what the server is known to hold
  }

  /* Takes up a draft of this device: at once where the page still says what it was begun from, else by asking. */
  open() {
    const kept = read(this.key);
    const isBegun = !same(this.texts(), this.asGiven); // a slow line: typed before this script came
    if (isBegun && !kept) this.typed();
    if (kept && !same(kept.texts, this.texts())) {
      const isOlder = this.isEmpty() || same(kept.asGiven, this.asGiven) || same(kept.saved, this.asGiven);
      if (isOlder && !isBegun) this.restore(kept);
      else offerChoice(this, kept.texts, (chosen) => { this.fill(chosen); this.typed(); });
    }
    this.version = Math.max(this.version, kept?.version ?? 0);
    this.form.addEventListener("input", () => this.typed());
    this.form.addEventListener("submit", () => this.rest());
    this.form.addEventListener("draft-sent", () => this.begin());
  }

  restore(kept) {
    this.fill(kept.texts);
    this.say(word("draftKept").replace("{time}", clock(new Date(kept.at))));
    this.keep();
    this.tellServerSoon();
  }

  typed() {
    this.keep();
    this.tellServerSoon();
  }

  keep() {
    if (this.isEmpty()) return remove(this.key);
    const { asGiven, saved, version } = this;
    const isKept = write(this.key, { texts: this.texts(), asGiven, saved, version, at: Date.now() });
    if (isKept) this.say(word("draftKept").replace("{time}", clock(new Date())));
  }

  tellServerSoon() {
    if (!this.form.dataset.draftUrl) return;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.tellServer(), REST);
  }

  async tellServer(also) {
    const texts = this.texts();
    if (same(texts, this.saved) && !also) return;
    this.sending = new AbortController();
    const fields = { ...texts, ...also, place: this.form.dataset.draft, version: this.version, device: device() };
    try {
      const answer = await send(this.form.dataset.draftUrl, fields, tokenOf(this.form), { signal: this.sending.signal });
      if (answer.ok || answer.status === 409) this.heard(answer.status, await answer.json(), texts);
    } catch { /* offline, or the form was sent meanwhile: this device has it */ }
  }

  /* Until she has chosen, what she writes on is kept beside the other text, never over it. */
  heard(status, { version, fields }, texts) {
    const isOurs = status !== 409 || same(fields, texts) || same(fields, this.saved);
    const take = (chosen) => { this.version = version; this.fill(chosen); this.keep(); this.tellServer({ settled: 1 }); };
    if (!isOurs) return offerChoice(this, fields, take);
    this.version = version;
    if (status === 409 && !same(fields, texts)) return this.tellServer(); // the draft this page began from
    this.saved = texts;
    this.keep();
  }

  /* The form is on its way: a draft that arrived after it would come back as a ghost. */
  rest() { clearTimeout(this.waiting); this.sending?.abort(); }

  /* The form stays for the next text: what was sent is no draft any more, here or on the server. */
  begin() {
    this.rest();
    remove(this.key);
    this.saved = this.asGiven = this.texts();
    this.version = 0;
    this.say("");
    this.keep();
  }

  given() { return givenIn(this.form); }

  texts() { return typedIn(this.form); }

  fill(texts) {
    fillIn(this.form, texts);
    this.form.dispatchEvent(new Event("filled"));
  }

  isEmpty() { return isEmptyIn(this.form); }

  say(text) {
    this.form.querySelector("[data-draft-state]")?.replaceChildren(text);
  }
}

/* Whether two drafts say the same; which language is chosen beside them says nothing yet. */
function same(one, other) {
  const names = new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})]);
  names.delete("language");
  return [...names].every((name) => (one?.[name] ?? "") === (other?.[name] ?? ""));
}
