/* What may be meant, while one types into the search box. Enter without a choice searches, as without scripts. */
import { asker, Options } from "./options.js";

const FEWEST = 2; // letters

export const start = (input) => {
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", "false");
  const options = new Options(input, {
    id: "suggestions",
    label: input.placeholder,
    found: input.dataset.found,
    choose: ({ address }) => location.assign(address),
  });
  const ask = asker(({ suggestions }) => suggestions);

  input.addEventListener("input", () => {
    const isEnough = input.value.trim().length >= FEWEST;
    ask(isEnough && `${input.dataset.suggest}?q=${encodeURIComponent(input.value)}`, (found) => options.show(found));
  });
};
