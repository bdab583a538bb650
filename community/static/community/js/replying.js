/* Sends a reply without a new page. It goes by way of the outbox, so nothing that happens on the way can lose it. */
import { put, remove, sendAll, waiting } from "./outbox.js";
import { giveBack, start as showPending } from "./pending.js";
import { isLive } from "./state.js";

export function start() {
  const form = document.getElementById("reply");
  const container = document.querySelector(".posts");
  showPending(form, container);
  waiting().then((items) => { if (items.some((item) => isIn(form, item))) empty(form); });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name || form.dataset.plain !== undefined) return;
    event.preventDefault();
    reply(form);
  });
  document.addEventListener("outbox", ({ detail }) => heard(detail, form, "isLast" in container.dataset));
}

/* The server's draft of what is on its way already. */
function isIn(form, { place, fields }) {
  return place === form.dataset.draft && fields.body.trim() === form.elements.body.value.trim();
}

async function reply(form) {
  const { token, csrfmiddlewaretoken, upload, ...fields } = Object.fromEntries(new FormData(form));
  if (!fields.body.trim()) return form.elements.body.reportValidity();
  const address = form.getAttribute("action").split("#")[0];
  const item = { token, at: Date.now(), place: form.dataset.draft, address, fields };
  form.dataset.last = token;
  empty(form); // at once: what is typed from now on is the next reply
  try {
    await put(item);
  } catch { // a browser that keeps nothing: the plain way
    return sendPlainly(form, token, fields);
  }
  form.dispatchEvent(new CustomEvent("draft-sent"));
  await sendAll();
}

/* Ready for the next one: another token, and nothing that belonged to the last. */
function empty(form) {
  fill(form, crypto.randomUUID().replaceAll("-", ""), { body: "", reply_to: "", files: "" });
  form.querySelector("[data-preview-place]")?.replaceChildren();
  const here = new URL(location.href);
  for (const begun of ["quote", "reply_to", "comment"]) here.searchParams.delete(begun);
  if (here.href !== location.href) history.replaceState(history.state, "", here);
}

function fill(form, token, fields) {
  for (const [name, value] of Object.entries({ ...fields, token })) if (form.elements[name]) form.elements[name].value = value;
  form.dispatchEvent(new Event("filled"));
}

function sendPlainly(form, token, fields) {
  fill(form, token, fields);
  form.dataset.plain = "";
  form.requestSubmit();
}

/* What was just sent from here: shown by its page where this one is not told of it; given back where it is refused. */
async function heard({ sent, refused, stopped, status, address }, form, isShownHere) {
  if (sent && sent === form.dataset.last) {
    delete form.dataset.last;
    if (form.elements.answer.value || !isShownHere) location.assign(address);
    else if (!isLive()) document.dispatchEvent(new CustomEvent("live-wanted"));
  }
  const mine = refused ?? (status === 401 ? stopped : undefined);
  if (!mine || mine !== form.dataset.last || form.elements.body.value.trim()) return;
  const item = (await waiting()).find(({ token }) => token === mine);
  if (item && refused) await refuse(form, item);
  else if (item) await askToSignIn(form, item);
}

/* The plain form leads to where one signs in, and back to the text. */
async function askToSignIn(form, { token, fields }) {
  await remove(token);
  sendPlainly(form, token, fields);
}

async function refuse(form, item) {
  form.hidden = false; // the thread may have been locked meanwhile: the text comes back all the same
  await giveBack(item, form);
  const note = document.createElement("p");
  note.className = "notice wrong";
  note.setAttribute("role", "alert");
  note.textContent = item.refusal;
  form.prepend(note);
  form.addEventListener("submit", () => note.remove(), { once: true });
}
