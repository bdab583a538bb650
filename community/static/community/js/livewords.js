/* What live pages say: templates/layout/_live_words.html. Each language counts in its own way. */
const box = document.getElementById("live-words");
const words = box?.dataset ?? {};
const language = document.documentElement.lang;
const rules = new Intl.PluralRules(language);

export function said(name, fields = {}) {
  return filled(words[name] ?? "", fields);
}

export function counted(name, count) {
  const kinds = [rules.select(count), "other"].map((kind) => box?.content.querySelector(`[data-kind="${kind}"]`));
  return filled(kinds.find(Boolean)?.dataset[name] ?? "", { count });
}

export const listed = (names) => new Intl.ListFormat(language, { type: "conjunction" }).format(names);

function filled(text, fields) {
  return Object.entries(fields).reduce((said, [name, value]) => said.replace(`{${name}}`, () => value), text);
}
