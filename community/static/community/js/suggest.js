/* What may be meant, while one types into the search box: a combobox as WAI-ARIA describes it. Enter without a choice
   searches, as without scripts. */
const WAIT = 150; // milliseconds
const FEWEST = 2; // letters

export const start = (input) => {
  const list = document.createElement("ul");
  const told = document.createElement("span");
  list.id = "suggestions";
  list.className = "suggestions plain";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.placeholder);
  list.hidden = true;
  told.className = "unseen";
  told.setAttribute("role", "status");
  input.after(list, told);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  let timer, asked, chosen;

  const close = () => {
    list.hidden = true;
    chosen = undefined;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (row) => {
    chosen?.setAttribute("aria-selected", "false");
    chosen = row;
    chosen?.setAttribute("aria-selected", "true");
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
    else input.removeAttribute("aria-activedescendant");
  };

  const rowOf = (each, number) => {
    const row = document.createElement("li");
    const title = document.createElement("span");
    const kind = document.createElement("span");
    row.id = `suggestion-${number}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    row.dataset.address = each.address;
    title.textContent = each.title;
    title.dir = "auto";
    if (each.language) title.lang = each.language;
    kind.textContent = each.kind;
    kind.className = "chip";
    row.append(title, kind);
    return row;
  };

  const show = (suggestions) => {
    list.replaceChildren(...suggestions.map(rowOf));
    told.textContent = suggestions.length ? `${suggestions.length} ${input.dataset.found}` : "";
    if (!suggestions.length) return close();
    choose(undefined);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    if (input.value.trim().length < FEWEST) return close();
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(input.value)}`, {
        signal: asked.signal,
        headers: { Accept: "application/json" },
      });
      if (answer.ok) show((await answer.json()).suggestions);
    } catch {
      close(); // no line, or the next letter came: the form works as ever
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const rows = [...list.children];
    const place = rows.indexOf(chosen);
    if (event.key === "ArrowDown") choose(rows[(place + 1) % rows.length]);
    else if (event.key === "ArrowUp") choose(rows[(place <= 0 ? rows.length : place) - 1]);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen) location.assign(chosen.dataset.address);
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays where one types
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[role=option]");
    if (row) location.assign(row.dataset.address);
  });
  input.addEventListener("blur", close);
};
