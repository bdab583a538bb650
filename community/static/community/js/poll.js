/* The poll of a thread. What all see comes by the thread's stream; who sees more, having voted, asks for it herself. */
import { made } from "./fragments.js";
import { keepingFocus, steadily } from "./placing.js";

const REST = 3000; // milliseconds between two questions of one page: all who have voted hear of each vote at once
let asking = null;

const place = () => document.querySelector("[data-poll-slot]");

export function start() {
  mark(place());
  document.addEventListener("deed-done", ({ detail }) => { if (detail.includes("/poll/")) ask(); });
}

/* What all see of it. */
export function putPoll(thing) {
  const slot = place();
  if (!slot) return;
  if ("apart" in slot.dataset) return askSoon();
  const shown = slot.querySelector(".poll");
  if (Number(shown?.dataset.version ?? 0) >= thing.version) return;
  const fresh = made(thing.html);
  const isOver = !fresh.querySelector("input") && slot.querySelector(".own-vote button");
  if (isOver) isOver.remove();
  replacing(slot, () => (shown ? shown.replaceWith(fresh) : slot.prepend(fresh)));
}

/* The whole place, as a page of this reader has it. */
export function takePoll(fresh) {
  const slot = place();
  if (slot && fresh) replacing(slot, () => slot.replaceWith(fresh));
}

function askSoon() {
  asking ??= setTimeout(() => { asking = null; ask(); }, Math.random() * REST + REST / 2);
}

async function ask() {
  const answer = await fetch(place().dataset.pollUrl, { credentials: "same-origin" }).catch(() => null);
  if (answer?.ok) takePoll(made(await answer.text()));
}

/* What is chosen and not sent stays chosen, and where one was one is again. */
function replacing(slot, change) {
  const begun = chosen(slot);
  const wasSent = slot.dataset.chosen ?? "";
  const held = slot.contains(document.activeElement) && document.activeElement.matches("input") && document.activeElement.value;
  steadily(() => (held ? change() : keepingFocus(slot, change)));
  const now = place();
  if (begun.join(" ") === wasSent) mark(now);
  else choose(now, begun);
  if (held) now.querySelector(`input[value="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
}

function mark(slot) {
  choose(slot, slot?.dataset.chosen?.split(" ") ?? []);
}

function choose(slot, values) {
  for (const input of slot?.querySelectorAll("input") ?? []) input.checked = values.includes(input.value);
}

function chosen(slot) {
  return [...slot.querySelectorAll("input:checked")].map(({ value }) => value);
}
