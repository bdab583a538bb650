/* One stream as this page follows it. The numbers decide what is put in: docs/live.md. */
const UNANSWERED = 5_000; // milliseconds after which a subscription is said again

export class Follow {
  /* Params: last, the number up to which the page is whole, null where it is not known; changes, the address that
     tells what came after a number, null where only the socket does; put, takes things. */
  constructor(stream, { last = null, changes = null, put, gone = () => {} }) {
    Object.assign(this, { stream, last, changes, put, gone });
    this.isUpToDate = false; // heard of since the socket was opened
    this.askedAt = 0; // never: a browser was seen to open a socket and not to say so
    this.tag = null;
  }

  get since() {
    return this.last === null ? {} : { since: this.last };
  }

  /* What to say to the socket. */
  subscription(language) {
    this.askedAt = Date.now();
    return { do: "subscribe", stream: this.stream, language, ...this.since };
  }

  /* Heads speak of what is subscribed to only: a subscription that was lost would be waited for without end. */
  get isUnanswered() {
    return !this.isUpToDate && Date.now() - this.askedAt > UNANSWERED;
  }

  /* False where something was lost on the way. */
  take({ after, head, things }) {
    if (this.last !== null && after > this.last) return false;
    if (this.last === null || head > this.last) {
      this.put(things);
      this.last = head;
    }
    this.isUpToDate = true;
    return true;
  }

  /* What the socket would say, by HTTP. Null where nothing is new; throws where nobody answers. */
  async ask() {
    const since = this.last ?? "";
    const known = this.tag?.since === since ? { "If-None-Match": this.tag.value } : {};
    const answer = await fetch(this.changes + (since === "" ? "" : `?since=${since}`), {
      headers: { Accept: "application/json", ...known }, cache: "no-store", signal: AbortSignal.timeout(20_000),
    });
    if (answer.status === 404) return { gone: this.stream };
    if (answer.status === 304) return null;
    if (!answer.ok) throw new Error(String(answer.status));
    this.tag = { since, value: answer.headers.get("ETag") };
    return answer.json();
  }
}
