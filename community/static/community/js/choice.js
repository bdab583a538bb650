/* Two texts for one place, of two devices, beside each other: both stay until the writer has chosen. */
import { word } from "./words.js";

/* Params: draft, the one of this page; texts, the other's; take, puts in what was chosen. */
export function offerChoice(draft, texts, take) {
  const { form } = draft;
  form.querySelector("[data-draft-choice]")?.remove();
  const box = made("div", "notice waits", "");
  box.dataset.draftChoice = "";
  box.setAttribute("role", "status");
  const button = (name, chosen) => {
    const element = made("button", "button quiet small", word(name));
    element.type = "button";
    element.addEventListener("click", () => { box.remove(); take(chosen()); });
    return element;
  };
  const text = ({ title, body }) => made("blockquote", "other", [title, body].filter(Boolean).join("\n\n"));
  const pair = made("div", "texts", "");
  const mine = made("div", "", ""), other = made("div", "", "");
  mine.append(text(draft.texts()), button("draftKeep", () => draft.texts()));
  other.append(text(texts), button("draftTake", () => texts));
  pair.append(mine, other);
  const both = () => ({ ...texts, ...draft.texts(), body: `${draft.texts().body}\n\n${texts.body ?? ""}`.trim() });
  box.append(made("p", "", word("draftOther")), pair, button("draftJoin", both));
  (form.querySelector(".foot") ?? form.lastElementChild).before(box);
}

function made(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  element.dir = "auto";
  return element;
}
