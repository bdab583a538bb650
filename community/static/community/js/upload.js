/* Sends one file in parts. A lost line costs one part: it asks how much is there, and goes on from where that ends. */
import { send } from "./sending.js";

const LEAST = 256 * 1024; // of a part; doubled while a part takes less than a second
const MOST = 4 * 1024 * 1024; // the server takes 5 MiB
const PASSING = [408, 425, 429, 500, 502, 503, 504];
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/* Where an upload stops for good. `words` is the server's reason, in the page's language; empty where it has none. */
export class Refused extends Error {
  constructor(words = "") {
    super(words);
    this.words = words;
  }
}

/* Params: begin, where uploads begin; token, the form's; tell, hears {received, size, id, isWaiting}; signal.
   Returns what the server says of the whole file. Throws Refused. */
export async function upload(file, { begin, token, tell, signal }) {
  const line = { token, tell, signal };
  const name = nameOf(file);
  let now = await surely(() => send(begin, { name, size: file.size, token: markOf(file) }, token, { signal }), line);
  const address = `${begin.replace(/new\/$/, "")}${now.id}/`;
  let length = LEAST;
  while (now.state === "arriving" && now.received < file.size) {
    tell(now);
    const began = performance.now();
    const part = file.slice(now.received, now.received + length);
    now = await surely(() => put(address, now.received, part, token, signal), line, address);
    length = performance.now() - began < 1000 ? Math.min(MOST, length * 2) : Math.max(LEAST, length / 2);
  }
  tell(now);
  return surely(() => send(`${address}finish/`, {}, token, { signal }), line);
}

/* Looks until it is known what became of it. */
export async function settled(now, begin) {
  for (let wait = 400; now.state === "preparing"; wait = Math.min(wait * 1.5, 10_000)) {
    await pause(wait);
    now = await stateOf(now.id, begin).catch(() => now);
  }
  return now;
}

export async function stateOf(id, begin) {
  const answer = await fetch(`${begin.replace(/new\/$/, "")}${id}/`, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Refused();
  return answer.json();
}

function put(address, offset, part, token, signal) {
  return fetch(`${address}?offset=${offset}`, {
    method: "PUT",
    body: part,
    headers: { "X-CSRFToken": token, Accept: "application/json", "Content-Type": "application/octet-stream" },
    redirect: "error",
    signal,
  });
}

/* Until there is an answer that is not for the line's sake. Params: address, asked how far things are after a failure. */
async function surely(ask, { tell, signal }, address) {
  for (let tries = 0; ; tries += 1) {
    const answer = await ask().catch(() => null);
    signal?.throwIfAborted();
    if (answer && !PASSING.includes(answer.status)) return read(answer);
    tell({ isWaiting: true });
    await Promise.race([pause(Math.random() * Math.min(30_000, 1000 * 2 ** tries)), online()]);
    if (address) ask = asking(address, signal, ask);
  }
}

/* One look at where the server is; the loop of parts goes on from there. */
function asking(address, signal, ask) {
  return () => fetch(address, { headers: { Accept: "application/json" }, signal }).then((answer) => (answer.ok ? answer : ask()));
}

function online() {
  return new Promise((done) => addEventListener("online", done, { once: true }));
}

async function read(answer) {
  const said = await answer.json().catch(() => ({}));
  if (answer.ok || answer.status === 409) return said;
  throw new Refused(said.words);
}

const nameOf = (file) => file.name || `image.${file.type.split("/")[1] ?? ""}`;

/* The same file chosen again, after a reload, goes on where it was. */
function markOf(file) {
  let sum = 0;
  for (const letter of nameOf(file)) sum = (sum * 31 + letter.codePointAt(0)) >>> 0;
  return `${sum.toString(36)}-${file.size}-${file.lastModified}`;
}
