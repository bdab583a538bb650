/* The page's one socket: opened again after every close, with full jitter; at once when the network or the reader
   comes back. A socket that says nothing for longer than heads take is as good as closed. */
const PATIENCE = 15_000; // milliseconds until a new socket has to have said something
const SILENCE = 70_000; // heads come every 25 s
const FULL_HOUSE = [4031, 4032];
const NOT_UNDERSTOOD = [4400, 4413];

export class Connection {
  /* Params: opened(say), heard(message), closed(code). */
  constructor(told) {
    this.told = told;
    this.failures = 0; // openings in a row after which nothing was heard
    this.isHeard = false;
    setInterval(() => this.check(), 1_000);
    addEventListener("online", () => this.retry());
    addEventListener("offline", () => this.drop());
    addEventListener("pagehide", () => this.drop());
    addEventListener("pageshow", () => this.retry());
    document.addEventListener("resume", () => this.retry());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.retry(); });
  }

  open() {
    clearTimeout(this.waiting);
    if (this.socket || this.isOver) return;
    this.isHeard = false;
    this.heardAt = Date.now();
    try {
      this.socket = new WebSocket(new URL("/live/", location.href.replace(/^http/, "ws")));
    } catch { return this.closed(0); }
    const socket = this.socket;
    const ifStill = (heed) => (event) => { if (socket === this.socket) heed(event); };
    socket.onopen = ifStill(() => this.told.opened());
    socket.onmessage = ifStill(({ data }) => this.heard(JSON.parse(data)));
    socket.onclose = ifStill(({ code }) => this.closed(code));
  }

  say(message) {
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify(message));
  }

  heard(message) {
    this.heardAt = Date.now();
    this.isHeard = true;
    this.failures = 0;
    this.told.heard(message);
  }

  closed(code) {
    this.socket = null;
    this.isHeard = false;
    this.failures = FULL_HOUSE.includes(code) ? 7 : this.failures + 1;
    this.isOver ||= NOT_UNDERSTOOD.includes(code);
    const most = this.failures > 6 ? 60 : Math.min(30, 2 ** (this.failures - 1));
    const share = this.failures > 6 ? 1 : Math.random();
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.open(), share * most * 1000);
    this.told.closed(code);
  }

  drop() {
    const socket = this.socket;
    if (!socket) return;
    this.closed(0);
    socket.close();
  }

  check() {
    const patience = this.isHeard ? SILENCE : PATIENCE;
    if (this.socket && Date.now() - this.heardAt > patience) this.retry();
  }

  /* Now, whatever was planned; a socket that has been quiet for a while may have died in its sleep. */
  retry() {
    if (this.socket && Date.now() - this.heardAt > (this.isHeard ? 30_000 : PATIENCE)) this.drop();
    this.open();
  }
}
