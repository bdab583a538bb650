/* Sessions on the desk's days, dragged to another day: their form opens with that day in it. Nothing is changed by
   the drop alone. Who uses a keyboard opens the form. */
export function start(days) {
  let held = null;
  const dayOf = (event) => event.target.closest?.("[data-day]");
  const mark = (day) => {
    for (const each of days.querySelectorAll(".over")) if (each !== day) each.classList.remove("over");
    day?.classList.add("over");
  };

  for (const session of days.querySelectorAll(".planned")) session.draggable = true;
  days.addEventListener("dragstart", (event) => {
    held = event.target.closest?.(".planned") ?? null;
    if (!held) return;
    const { left, top } = held.getBoundingClientRect(); // all of it, also where its link was taken hold of
    event.dataTransfer.setDragImage(held, event.clientX - left, event.clientY - top);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held.querySelector("a").href); // some browsers drag nothing without it
  });
  days.addEventListener("dragover", (event) => {
    const day = held && dayOf(event);
    mark(day);
    if (day) event.preventDefault();
  });
  days.addEventListener("dragend", () => {
    mark(null);
    held = null;
  });
  days.addEventListener("drop", (event) => {
    const day = held && dayOf(event);
    if (!day) return;
    event.preventDefault();
    if (day.contains(held)) return;
    const form = new URL(held.querySelector("a").href);
    form.searchParams.set("day", day.dataset.day);
    location.assign(form);
  });
}
