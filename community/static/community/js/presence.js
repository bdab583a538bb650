/* Who else is here and who is writing, for members. Off where data is to be saved; whoever does not wish to be shown
   says so once on this device. */
import { listed, said } from "./livewords.js";

const KEPT = "frontline:unseen";
const me = document.documentElement.dataset.member;
const box = document.getElementById("here");
const form = document.querySelector("form#reply");
const stream = document.querySelector("[data-stream]").dataset.stream;
let say = null;
let saidWriting = 0;

export function start(how) {
  if (!box || navigator.connection?.saveData) return;
  say = (what, more = {}) => how({ do: what, stream, ...more });
  const choice = box.querySelector("input");
  choice.checked = !isHidden();
  choice.addEventListener("change", () => { keep(!choice.checked); tell(); });
  box.hidden = false;
  document.addEventListener("live-here", ({ detail }) => { if (detail.here === stream) show(detail); });
  document.addEventListener("live-state", ({ detail }) => {
    if (detail === "live") tell();
    else show({ members: [], writing: [] });
  });
  document.addEventListener("visibilitychange", () => tell());
  form?.addEventListener("input", () => tellWriting());
  form?.addEventListener("submit", () => { if (!isHidden()) say("typing", { hidden: true }); });
  setInterval(() => { if (!document.hidden && !isHidden()) say("here"); }, 20_000);
  tell();
}

function tell() {
  say("here", isHidden() || document.hidden ? { hidden: true } : {});
}

function tellWriting() {
  if (isHidden() || Date.now() - saidWriting < 3_000) return;
  saidWriting = Date.now();
  say("typing");
}

function show({ members, writing, crowd = false }) {
  const others = members.filter(({ handle }) => handle !== me);
  const names = others.slice(0, 8).map(({ name }) => `\u2068${name}\u2069`); // isolated: names of both directions
  if (others.length > 8) names.push(said("others", { count: others.length - 8 }));
  const busy = others.filter(({ handle }) => writing.includes(handle)).map(({ name }) => `\u2068${name}\u2069`);
  const here = crowd ? said("crowd") : names.length ? said("here", { names: listed(names) }) : "";
  const write = ["", "oneWriting", "bothWriting"][busy.length] ?? "manyWriting";
  box.querySelector("[data-here]").textContent = here;
  box.querySelector("[data-writing]").textContent = write && said(write, { names: listed(busy) });
}

function isHidden() {
  try { return localStorage.getItem(KEPT) === "1"; } catch { return true; }
}

function keep(hidden) {
  try { localStorage.setItem(KEPT, hidden ? "1" : "0"); } catch { /* then it holds for this page */ }
}
