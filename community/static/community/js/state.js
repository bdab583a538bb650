/* How this page stands to what is happening, in the head of the thread. It says no more than is known. */
import { said, counted } from "./livewords.js";
import { clock } from "./times.js";

let now = { state: "catching", at: 0, waiting: 0 };

export const isLive = () => now.state === "live";
export const currentState = () => now.state;

/* Params: state, one of live, catching, asking, offline; at, when the server last answered; waiting, how many replies
   are on this device only. What is not given stays. */
export function showState(change = {}) {
  const before = now.state;
  now = { ...now, ...change };
  const place = document.querySelector(".thread-head .meta:last-of-type") ?? document.querySelector("main header .meta");
  if (!place) return;
  const shown = document.querySelector("main .state[data-state]") ?? document.createElement("span");
  shown.className = "state";
  shown.dataset.state = now.state;
  const words = said(now.state, { time: now.at ? clock(new Date(now.at)) : "" });
  const text = now.waiting ? `${words} · ${counted("waiting", now.waiting)}` : words;
  if (shown.textContent !== text) shown.textContent = text;
  if (shown.parentNode !== place) place.append(shown);
  if (before !== now.state) document.dispatchEvent(new CustomEvent("live-state", { detail: now.state }));
}
