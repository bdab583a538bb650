// Suggests tags while one types them, parted by commas; the browser's own list shows them.
export function suggestTags(root = document) {
  for (const box of root.querySelectorAll("[data-suggest-tags]")) {
    const input = box.querySelector("input");
    if (!input) continue;
    const list = document.createElement("datalist");
    list.id = `${input.id}-suggestions`;
    box.append(list);
    input.setAttribute("list", list.id);
    input.autocomplete = "off";
    let timer;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => suggest(box.dataset.suggestTags, input, list), 250);
    });
  }
}

async function suggest(address, input, list) {
  const words = input.value.split(/[,،]/);
  const begun = words.pop().trim();
  if (begun.length < 2) return;
  const answer = await fetch(`${address}?q=${encodeURIComponent(begun)}`).catch(() => null);
  if (!answer?.ok) return;
  const before = words.map((word) => word.trim()).filter(Boolean).join(", ");
  const { tags, words: found } = await answer.json();
  list.replaceChildren(...tags.map((tag, index) => {
    const option = document.createElement("option");
    option.value = before ? `${before}, ${tag}` : tag;
    if (found[index] !== tag) option.label = `${found[index]} → ${tag}`; // a synonym begins as typed
    return option;
  }));
}
