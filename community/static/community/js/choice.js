/* Two texts for one place, of two devices: both stay until the writer has chosen. */
import { word } from "./words.js";

export function offerChoice(form, texts, { takeOther, keepThis }) {
  form.querySelector("[data-draft-choice]")?.remove();
  const box = document.createElement("div");
  box.className = "notice waits";
  box.dataset.draftChoice = "";
  box.setAttribute("role", "status");
  const said = document.createElement("p");
  said.textContent = word("draftOther");
  const other = document.createElement("blockquote");
  other.dir = "auto";
  other.className = "other";
  other.textContent = [texts.title, texts.body].filter(Boolean).join("\n\n");
  const row = document.createElement("p");
  row.className = "deeds-row";
  row.append(button("draftTake", takeOther, box), button("draftKeep", keepThis, box));
  box.append(said, other, row);
  (form.querySelector(".foot") ?? form.lastElementChild).before(box);
}

function button(name, deed, box) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "button quiet small";
  element.textContent = word(name);
  element.addEventListener("click", () => { box.remove(); deed(); });
  return element;
}
