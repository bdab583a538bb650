/* Sends a reply without a new page. It goes by way of the outbox, so nothing that happens on the way can lose it. */
import { put, sendAll, waiting } from "./outbox.js";
import { giveBack, start as showPending } from "./pending.js";
import { isLive } from "./state.js";

export function start(form, container) {
  showPending(form, container);
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name === "preview" || form.dataset.plain !== undefined) return;
    event.preventDefault();
    reply(form);
  });
  document.addEventListener("outbox", ({ detail }) => heard(detail, form));
}

async function reply(form) {
  const fields = Object.fromEntries(new FormData(form));
  if (!fields.body.trim() || form.getAttribute("aria-busy")) return form.elements.body.reportValidity();
  const { token, csrfmiddlewaretoken, ...rest } = fields;
  form.setAttribute("aria-busy", "true");
  try {
    const address = form.getAttribute("action").split("#")[0];
    await put({ token, at: Date.now(), place: form.dataset.draft, address, fields: rest });
  } catch { // a browser that keeps nothing: the plain way
    form.dataset.plain = "";
    return form.requestSubmit();
  } finally {
    form.removeAttribute("aria-busy");
  }
  form.dataset.last = token;
  empty(form);
  await sendAll();
}

/* Ready for the next one: another token, and nothing that belonged to the last. */
function empty(form) {
  const { body, token, reply_to: replyTo } = form.elements;
  body.value = "";
  token.value = crypto.randomUUID().replaceAll("-", "");
  replyTo.value = "";
  form.querySelector("[data-preview-place]")?.replaceChildren();
  form.dispatchEvent(new CustomEvent("draft-sent"));
}

/* What was just sent from here: shown by its page where this one is not told of it; given back where it is refused. */
async function heard({ sent, refused, address }, form) {
  if (sent === form.dataset.last && sent) {
    delete form.dataset.last;
    if (form.elements.answer.value) location.assign(address);
    else if (!isLive()) document.dispatchEvent(new CustomEvent("live-wanted"));
  }
  if (!refused || refused !== form.dataset.last || form.elements.body.value.trim()) return;
  const item = (await waiting()).find(({ token }) => token === refused);
  if (item) await refuse(form, item);
}

async function refuse(form, item) {
  await giveBack(item, form);
  const note = document.createElement("p");
  note.className = "notice wrong";
  note.setAttribute("role", "alert");
  note.textContent = item.refusal;
  form.prepend(note);
  form.addEventListener("submit", () => note.remove(), { once: true });
}
