/* Replies that this device keeps until the server has them, under their thread. */
import { announce } from "./arrivals.js";
import { said } from "./livewords.js";
import { remove, waiting } from "./outbox.js";
import { showState } from "./state.js";

const sent = new Map(); // token → id of a post that the page does not show yet

export async function start(form, container) {
  const box = document.createElement("div");
  box.className = "outbox";
  container.after(box);
  document.addEventListener("outbox", ({ detail }) => heard(detail, form, box));
  document.addEventListener("post-shown", ({ detail: slot }) => {
    if (forget(Number(slot.dataset.slot))) show(form, box);
  });
  await show(form, box);
}

async function heard(news, form, box) {
  if (news.sent && news.place === form.dataset.draft) {
    if (!document.getElementById(`post-${news.id}`)) sent.set(news.sent, news.id);
    setTimeout(() => { if (forget(news.id)) show(form, box); }, 15_000);
    announce("sent", news.sent);
  }
  if (news.stopped) box.dataset.stopped = news.status;
  else delete box.dataset.stopped;
  await show(form, box);
}

function forget(id) {
  return [...sent].filter(([, each]) => each === id).map(([token]) => sent.delete(token)).length;
}

async function show(form, box) {
  const all = await waiting();
  const here = all.filter(({ place }) => place === form.dataset.draft);
  const kept = new Set([...here.map(({ token }) => token), ...sent.keys()]);
  for (const card of [...box.children]) if (!kept.has(card.dataset.token)) card.remove();
  for (const item of here) say(cardOf(item, form, box), item, box);
  for (const token of sent.keys()) box.querySelector(`[data-token="${token}"] .meta`)?.replaceChildren(said("sentNow"));
  showState({ waiting: all.filter(({ refusal }) => !refusal).length });
}

function cardOf(item, form, box) {
  const known = box.querySelector(`[data-token="${item.token}"]`);
  if (known) return known;
  const card = document.createElement("div");
  card.className = "notice waits";
  card.dataset.token = item.token;
  const text = document.createElement("blockquote");
  text.className = "other";
  text.dir = "auto";
  text.textContent = item.fields.body;
  const note = document.createElement("p");
  note.className = "meta";
  const back = document.createElement("button");
  back.type = "button";
  back.className = "button quiet small";
  back.textContent = said("takeBack");
  back.addEventListener("click", () => giveBack(item, form));
  card.append(note, text, back);
  box.append(card);
  return card;
}

function say(card, item, box) {
  const note = card.querySelector(".meta");
  const stopped = box.dataset.stopped ?? (navigator.onLine ? "" : "0");
  const how = { "": "sending", 401: "signInToSend" }[stopped] ?? "keptHere";
  const words = item.refusal ? said("refused", { reason: item.refusal }) : said(how);
  card.classList.toggle("wrong", Boolean(item.refusal));
  if (note.textContent !== words) note.replaceChildren(words);
}

/* Into the form, before whatever has been begun there meanwhile. */
export async function giveBack(item, form) {
  await remove(item.token);
  const { body } = form.elements;
  body.value = [item.fields.body, body.value].filter((text) => text.trim()).join("\n\n");
  if (item.fields.files) form.elements.files.value = item.fields.files;
  form.dispatchEvent(new Event("filled"));
  body.dispatchEvent(new Event("input", { bubbles: true }));
  body.focus();
}
