/* Replies on their way. Each is kept on this device until the server has it, whatever becomes of the tab or the
   network, and its token makes sure that it is posted once. Any page of the site sends what waits. */
import { send } from "./sending.js";

const me = document.documentElement.dataset.member;
const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("frontline:outbox") : null;
const HOPELESS = (status) => status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status);
let tries = 0;
let timer = null;
let isNext = false; // waits for its turn: whatever is put meanwhile goes with it

export function start() {
  addEventListener("online", () => sendAll());
  document.addEventListener("live-state", ({ detail }) => { if (detail === "live" || detail === "asking") sendAll(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) sendAll(); });
  channel?.addEventListener("message", ({ data }) => tellPage(data));
  sendAll();
}

/* Params: item, {token, at, place, address, fields}. Throws where this browser keeps nothing. */
export async function put(item) {
  await request("readwrite", (store) => store.put({ ...item, member: me }));
  tell({ changed: item.token });
}

export async function remove(token) {
  await request("readwrite", (store) => store.delete(token));
  tell({ changed: token });
}

/* My own, in the order in which they were written. */
export async function waiting() {
  const all = await request("readonly", (store) => store.getAll()).catch(() => []);
  return all.filter(({ member }) => member === me).sort((one, other) => one.at - other.at);
}

/* One page at a time sends. */
export async function sendAll() {
  clearTimeout(timer);
  if (!me || isNext) return;
  isNext = true;
  await (navigator.locks ? navigator.locks.request("frontline:outbox", sendEach) : sendEach());
}

async function sendEach() {
  isNext = false;
  for (const item of await waiting()) if (!item.refusal && !(await sendOne(item).catch(() => false))) return later();
  tries = 0;
}

function later() {
  tries += 1;
  timer = setTimeout(sendAll, Math.random() * Math.min(60_000, 2_000 * 2 ** tries));
}

/* False where it has to wait. */
async function sendOne(item) {
  const answer = await post(item, ownToken()).catch(() => null);
  const again = answer?.status === 403 ? await postAnew(item).catch(() => null) : answer;
  if (again?.ok) {
    const { id, address } = await again.json();
    await request("readwrite", (store) => store.delete(item.token));
    tell({ sent: item.token, place: item.place, id, address });
    return true;
  }
  if (!again || !HOPELESS(again.status)) {
    tell({ stopped: item.token, status: again?.status ?? 0 });
    return false;
  }
  const { words } = await again.json().catch(() => ({}));
  await put({ ...item, refusal: words || String(again.status) });
  tell({ refused: item.token });
  return true;
}

function post(item, token) {
  return send(item.address, { ...item.fields, token: item.token }, token, { signal: AbortSignal.timeout(20_000) });
}

const ownToken = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

/* The page's own token may be older than the present sign-in. */
async function postAnew(item) {
  const { freshPage, tokenIn } = await import("./refresh.js");
  const page = await freshPage();
  if (page && page.documentElement.dataset.member !== me) return new Response(null, { status: 401 });
  return post(item, page ? tokenIn(page) : ownToken());
}

function tell(news) {
  tellPage(news);
  channel?.postMessage(news);
}

function tellPage(news) {
  document.dispatchEvent(new CustomEvent("outbox", { detail: news }));
}

async function request(mode, ask) {
  const database = await opened();
  return new Promise((done, failed) => {
    const deed = database.transaction("replies", mode, { durability: "strict" });
    const asked = ask(deed.objectStore("replies"));
    deed.oncomplete = () => { database.close(); done(asked.result); };
    deed.onabort = deed.onerror = () => { database.close(); failed(deed.error); };
  });
}

function opened() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open("frontline:outbox", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("replies", { keyPath: "token" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}
