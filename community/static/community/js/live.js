/* Keeps an open page right: follows the streams it is made of over one socket, or by asking where there is none. */
import { start as startArrivals } from "./arrivals.js";
import { Connection } from "./connection.js";
import { Follow } from "./follow.js";
import { showNotices } from "./notices.js";
import { Polling } from "./polling.js";
import { Posts } from "./posts.js";
import { freshPage, takeAway, takeFrame } from "./refresh.js";
import { Rows } from "./rows.js";
import { currentState, showState } from "./state.js";

const { lang: language, dataset: { member: me, memberStream } } = document.documentElement;
const prefix = language === "en" ? "" : `/${language}`;
const container = document.querySelector("[data-stream][data-seq]");
const follows = new Map();
const inFrame = { notices: showNotices, review: (data) => import("./reviews.js").then((module) => module.showReviews(data)) };
let list = null; // the posts or rows of this page
let isEnded = false;
let refreshing = null;

const connection = new Connection({ opened, heard, closed });
const asked = () => [...follows.values()].filter(({ changes }) => changes);
const polling = new Polling(asked, { heard, told: tellState });
const say = (message) => connection.say(message);

export function start() {
  startArrivals();
  if (container) followList();
  const mine = container?.dataset.memberSeq;
  const changes = `${prefix}/notifications/changes`;
  if (memberStream) follow(memberStream, { last: mine ? Number(mine) : null, changes, put: putMine });
  connection.open();
  setInterval(() => [...follows.values()].filter(({ isUnanswered }) => isUnanswered).forEach(subscribe), 5_000);
  addEventListener("offline", tellState);
  document.addEventListener("live-wanted", () => catchUp().catch(tellState));
  document.addEventListener("thread-locked", () => refresh(1).catch(tellState));
  tellState();
  if (me && list instanceof Posts) import("./presence.js").then((module) => module.start(say));
}

function followList() {
  const { stream, seq } = container.dataset;
  const [kind, key] = stream.split(":");
  list = kind === "thread" ? new Posts(container) : new Rows(container);
  const changes = kind === "thread" ? `${prefix}/threads/${key}/changes` : `${location.pathname}changes`;
  follow(stream, { last: Number(seq), changes, put: (things) => list.put(things), gone: end });
  follow("site", { put: heardOfSite });
}

const follow = (stream, options) => follows.set(stream, new Follow(stream, options));
const subscribe = (each) => connection.say(each.subscription(language));

function opened() {
  for (const each of follows.values()) {
    each.isUpToDate = false;
    subscribe(each);
  }
}

async function heard(message) {
  const each = follows.get(message.stream ?? message.gone ?? message.reset);
  if (message.things) { if (each && !each.take(message)) await lost(each); }
  else if (message.heads) await catchUpWith(message.heads);
  else if ("gone" in message) { follows.delete(message.gone); each?.gone(); }
  else if ("reset" in message) await reset(each, message.head);
  else if (message.here) document.dispatchEvent(new CustomEvent("live-here", { detail: message }));
  tellState();
}

function catchUpWith(heads) {
  return Promise.all([...follows.values()].filter(({ stream, last }) => heads[stream] > last).map(lost));
}

/* Something did not come. By HTTP where it can be asked for, else the socket is told where we stand. */
async function lost(each) {
  if (!each.changes) return subscribe(each);
  each.isUpToDate = false;
  tellState();
  const message = await each.ask().catch(() => ({}));
  if (message === null) each.isUpToDate = true;
  else if (message.things && each.last >= message.after) each.take(message);
  else if (message.reset || message.gone) await heard(message);
  else connection.drop();
}

async function reset(each, head) {
  if (!each) return;
  if (each.stream !== container?.dataset.stream) each.last = head;
  else await refresh(2).catch(() => connection.drop());
  subscribe(each);
}

/* Params: seconds, within which by chance: what all open pages hear at once they do not ask for at once. */
function refresh(seconds) {
  refreshing ??= takePage(seconds).finally(() => { refreshing = null; });
  return refreshing;
}

async function takePage(seconds) {
  await new Promise((done) => { setTimeout(done, Math.random() * seconds * 1000); });
  const page = await freshPage();
  if (!page) return end();
  takeFrame(page);
  const fresh = page.querySelector(`[data-stream="${container.dataset.stream}"][data-seq]`);
  const each = follows.get(container.dataset.stream);
  if (!fresh || !each || Number(fresh.dataset.seq) < each.last) return;
  list.takeOver(fresh);
  each.last = Number(fresh.dataset.seq);
}

function putMine(things) {
  for (const { id, data } of things) inFrame[id]?.(data);
  list?.putMine(things.filter(({ id }) => !inFrame[id]));
}

/* A sign that somebody's name or a place's name has changed: this page may be showing it. */
function heardOfSite(things) {
  const linked = (handle) => document.querySelector(`main a[href$="/members/${CSS.escape(handle)}/"]`);
  if (things.some(({ data }) => !data?.handle || linked(data.handle))) setTimeout(() => refresh(8).catch(tellState), 2000);
}

function end() {
  isEnded = true;
  polling.stop();
  follows.delete(container.dataset.stream);
  takeAway();
}

function closed(code) {
  for (const each of follows.values()) each.isUpToDate = false;
  if (connection.failures >= 3 || connection.isOver) polling.start();
  if (code === 4401 && list) refresh(2).catch(tellState);
  tellState();
}

/* After something was sent: where nobody tells us, ask at once. */
async function catchUp() {
  if (container && currentState() !== "live") for (const each of asked()) await lost(each);
}

function tellState() {
  if (isEnded || !container) return;
  if (connection.isHeard) polling.stop();
  const isLive = connection.isHeard && [...follows.values()].every(({ isUpToDate }) => isUpToDate);
  const isAsking = polling.answeredAt > 0;
  const isOffline = !navigator.onLine || (connection.failures > 1 && !isAsking);
  const otherwise = isOffline ? "offline" : isAsking ? "asking" : "catching";
  showState({ state: isLive ? "live" : otherwise, at: polling.answeredAt });
}
