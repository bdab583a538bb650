/* Whom `@` may call: members by their names, while one writes. Enter or Tab takes the marked one. */
import { asker, Options } from "./options.js";

const BEGUN = /(?:^|[\s(>*_])@([\p{L}\p{N}_-]{1,40})$/u; // before the caret

export const start = (form) => {
  const text = form.elements.body;
  const { mentions, mentionsLabel, mentionsFound } = form.dataset;
  const begun = () => text.selectionStart === text.selectionEnd && text.value.slice(0, text.selectionStart).match(BEGUN);
  const ask = asker(({ members }) => members.map(({ handle, name }) => ({ title: name, kind: `@${handle}`, handle })));

  const choose = ({ handle }) => {
    const found = begun();
    options.close();
    if (!found) return;
    text.setRangeText(`${handle} `, text.selectionStart - found[1].length, text.selectionStart, "end");
    text.dispatchEvent(new Event("input", { bubbles: true })); // drafts keep it
  };
  const options = new Options(text, { id: "called", label: mentionsLabel, found: mentionsFound, choose });

  const look = () => {
    const found = begun();
    const address = found && `${mentions}${mentions.includes("?") ? "&" : "?"}q=${encodeURIComponent(found[1])}`;
    ask(address, (members) => options.show(begun() ? members : [], true));
  };
  look(); // she may have typed before this came
  text.addEventListener("input", look);
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || event.shiftKey || options.list.hidden) return;
    event.preventDefault();
    options.take(options.marked);
  });
};
