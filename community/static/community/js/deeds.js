/* One-tap deeds without a new page, while the page is live: what they change comes by the streams. Whatever else the
   server has to say than "done" is asked for again by the plain form, which shows it. */
import { send, tokenOf } from "./sending.js";
import { isLive } from "./state.js";

export function start(form) {
  const asked = new Set(); // buttons whose plain form is on its way
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    const address = button?.getAttribute("formaction");
    if (!address || !isLive() || asked.delete(button)) return;
    event.preventDefault();
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    const answer = await send(address, chosenIn(button), tokenOf(form), { signal: AbortSignal.timeout(10_000) }).catch(() => null);
    button.removeAttribute("aria-busy");
    if (answer?.status === 204) return document.dispatchEvent(new CustomEvent("deed-done", { detail: address }));
    asked.add(button);
    form.requestSubmit(button);
  });
}

/* A poll's button sends what is chosen beside it; others send nothing. */
function chosenIn(button) {
  const inputs = button.closest(".poll")?.querySelectorAll("input:checked") ?? [];
  return [...inputs].map(({ name, value }) => [name, value]);
}
