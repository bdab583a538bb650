/* Where sockets are blocked: the same news by asking, every 15 s and up to every 60 s while nothing comes. */
const OFTEN = 15_000;
const SELDOM = 60_000;

export class Polling {
  /* Params: follows, those with an address to ask; heard(message); told, after each round. */
  constructor(follows, { heard, told }) {
    Object.assign(this, { follows, heard, told });
    this.isOn = false;
    this.answeredAt = 0;
  }

  start() {
    if (this.isOn) return;
    this.isOn = true;
    this.pause = OFTEN;
    this.ask();
  }

  stop() {
    this.isOn = false;
    this.answeredAt = 0;
    clearTimeout(this.waiting);
  }

  async ask() {
    clearTimeout(this.waiting);
    this.waiting = null;
    try {
      for (const follow of this.follows()) await this.askFor(follow);
      this.answeredAt = Date.now();
    } catch {
      this.answeredAt = 0;
    }
    if (!this.isOn) return;
    this.waiting = setTimeout(() => this.ask(), document.hidden ? SELDOM : this.pause);
    this.told();
  }

  async askFor(follow) {
    const before = follow.last;
    const message = await follow.ask();
    if (message) await this.heard(message);
    const isNews = follow.last !== before || message?.reset;
    this.pause = isNews ? OFTEN : Math.min(SELDOM, this.pause * 1.5);
  }
}
