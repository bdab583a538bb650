// Tells the server how far one has read: once the posts' end has been in view. Without script there is a button.
export function followProgress(root = document) {
  const form = root.querySelector("form[data-read-up-to]");
  if (!form || !("IntersectionObserver" in window)) return;
  document.documentElement.classList.add("scripted");
  const posts = [...root.querySelectorAll("[data-slot]")];
  let furthest = 0;
  let sent = 0;
  let timer;

  const send = () => {
    if (furthest <= sent) return;
    sent = furthest;
    const fields = new FormData(form);
    fields.set("up_to", furthest);
    fetch(form.action, {
      method: "POST",
      body: fields,
      headers: { Accept: "application/json" },
      keepalive: true,
      credentials: "same-origin",
    }).catch(() => { sent = 0; });
  };

  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) furthest = Math.max(furthest, Number(entry.target.dataset.slot));
    }
    clearTimeout(timer);
    timer = setTimeout(send, 1500);
  }, { threshold: 0.2 });
  posts.forEach((post) => seen.observe(post));
  document.addEventListener("post-shown", ({ detail }) => seen.observe(detail));
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") send(); });
}
