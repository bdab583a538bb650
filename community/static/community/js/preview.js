/* Shows a begun text as it would stand, without leaving the page. Without this the button posts the form. */
import { show } from "./fragments.js";
import { send, tokenOf } from "./sending.js";

export function start() {
  for (const button of document.querySelectorAll("form[data-preview-url] [data-preview]"))
    button.addEventListener("click", (event) => preview(event, button.form));
}

async function preview(event, form) {
  const place = form.querySelector("[data-preview-place]");
  if (!place) return;
  event.preventDefault();
  place.setAttribute("aria-live", "polite");
  try {
    const answer = await send(form.dataset.previewUrl, { body: form.elements.body.value }, tokenOf(form), { accept: "text/html" });
    if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
    show(place, await answer.text());
    place.scrollIntoView({ block: "nearest" });
  } catch {
    askTheServer(form, event.target);
  }
}

function askTheServer(form, button) {
  const asked = document.createElement("input");
  asked.type = "hidden";
  asked.name = button.name;
  asked.value = button.value;
  form.append(asked);
  form.submit();
}
