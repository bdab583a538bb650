/* Two texts for one place, of two devices, beside each other: both stay until the writer has chosen. */
import { word } from "./words.js";

const LINES = ["title", "poll-question", "poll-options"];
const SHOWN = ["title", "body", "tags", "poll-question", "poll-options"];

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
  const text = (all) => made("blockquote", "other", SHOWN.map((name) => all[name]).filter(Boolean).join("\n\n"));
  const pair = made("div", "texts", "");
  const mine = made("div", "", ""), other = made("div", "", "");
  mine.append(text(draft.texts()), button("draftKeep", () => draft.texts()));
  other.append(text(texts), button("draftTake", () => texts));
  pair.append(mine, other);
  box.append(made("p", "", word("draftOther")), pair, button("draftJoin", () => joined(draft.texts(), texts)));
  (form.querySelector(".foot") ?? form.lastElementChild).before(box);
}

/* As `joined` of the server: of what a form holds but once, the other's stands above its text. */
function joined(mine, other) {
  const filled = Object.fromEntries(Object.entries(mine).filter(([, text]) => text));
  const both = { ...other, ...filled };
  for (const name of ["files", "tags"]) {
    const values = `${mine[name] ?? ""},${other[name] ?? ""}`.split(",").map((value) => value.trim());
    if (name in both) both[name] = [...new Set(values.filter(Boolean))].join(",");
  }
  const lines = LINES.filter((name) => other[name] && other[name] !== both[name]).map((name) => other[name]);
  return { ...both, body: [...new Set([mine.body, ...lines, other.body].filter(Boolean))].join("\n\n") };
}

function made(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  element.dir = "auto";
  return element;
}
