/* Fetches the page again and puts in what has changed, or takes away what is not ours to see any more. */
import { parsed } from "./fragments.js";
import { said } from "./livewords.js";
import { steadily } from "./placing.js";
import { putHead } from "./posts.js";
import { start as guessZones } from "./zoneguess.js";

const SHOWN_BY = ["page", "order", "tag"]; // of an address's questions: the others begin a reply

/* The page as it would be made now; null where there is none for this reader. */
export async function freshPage() {
  const here = new URL(location.href);
  here.search = new URLSearchParams([...here.searchParams].filter(([name]) => SHOWN_BY.includes(name)));
  here.hash = "";
  const answer = await fetch(here, { cache: "no-cache", headers: { Accept: "text/html" } });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(String(answer.status));
  return parsed(await answer.text());
}

export function tokenIn(page) {
  return page.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

/* What stands around the list: head, pages, parts that change with it, and whether one may reply. */
export function takeFrame(page) {
  document.title = page.title || document.title;
  const head = page.querySelector(".thread-head");
  if (head) putHead(document.importNode(head, true));
  const poll = page.querySelector("[data-poll-slot]");
  if (poll) import("./poll.js").then(({ takePoll }) => takePoll(document.importNode(poll, true)));
  const pagers = [...document.querySelectorAll(".pager")];
  const fresh = [...page.querySelectorAll(".pager")];
  if (pagers.length === fresh.length) pagers.forEach((pager, index) => pager.replaceWith(fresh[index]));
  for (const part of document.querySelectorAll(".part[id]")) takePart(part, page.getElementById(part.id));
  if (page.documentElement.dataset.member !== document.documentElement.dataset.member) tell("signedOut");
  else takeReplyForm(page);
}

/* A part in which somebody has typed or ticked, or stands, stays as it is. */
function takePart(part, fresh) {
  const isTouched = ({ type, value, defaultValue, checked, defaultChecked }) =>
    type !== "hidden" && (value !== defaultValue || checked !== defaultChecked);
  if (!fresh || part.contains(document.activeElement)) return;
  if ([...part.querySelectorAll("input, textarea")].some(isTouched)) return;
  part.replaceWith(document.importNode(fresh, true));
  guessZones();
}

/* A form that is open stays, with all that was typed; an empty one is hidden until one may reply again. */
export function takeReplyForm(page) {
  const form = document.querySelector("form#reply");
  const fresh = page.querySelector("form#reply");
  document.querySelector("[data-no-reply]")?.remove();
  if (form) form.hidden = !fresh && !form.elements.body.value.trim();
  if (fresh && !form) tell("mayReply");
  const refusal = page.querySelector("#deeds ~ .notice");
  if (!form || fresh || !refusal) return;
  const notice = document.importNode(refusal, true);
  notice.dataset.noReply = "";
  form.before(notice);
}

export function takeAway() {
  const note = notice("gone");
  document.title = note.textContent;
  document.querySelector("main .page").replaceChildren(note);
}

function tell(name) {
  document.querySelector("main > [data-live-note]")?.remove();
  const note = notice(name);
  note.dataset.liveNote = "";
  const link = document.createElement("a");
  link.href = location.pathname + location.search;
  link.textContent = said("reload");
  note.append(" ", link);
  steadily(() => document.querySelector("main").prepend(note));
}

function notice(name) {
  const note = document.createElement("p");
  note.className = "notice";
  note.setAttribute("role", "status");
  note.textContent = said(name);
  return note;
}
