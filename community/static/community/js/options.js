/* A list of options below a field, as WAI-ARIA describes it: chosen by keyboard or by touch, while the focus stays
   where one types. */
export class Options {
  /* Params: field; id, of the list; label and found, in words: what the list holds, and what stands after the number
     of what was found; choose, called with the option that was taken. */
  constructor(field, { id, label, found, choose }) {
    Object.assign(this, { field, found, choose });
    this.list = Object.assign(document.createElement("ul"), { id, className: "offered plain", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", label);
    this.told = Object.assign(document.createElement("span"), { className: "unseen" });
    this.told.setAttribute("role", "status");
    field.after(this.list, this.told);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", id);
    field.addEventListener("blur", () => this.close());
    field.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")));
  }

  /* Params: options, each with title, perhaps its language, and kind, which stands beside it; isFirstMarked, where
     Enter is to take the first. */
  show(options, isFirstMarked = false) {
    this.options = options;
    this.list.replaceChildren(...options.map((each, number) => this.rowOf(each, number)));
    const told = options.length ? `${options.length} ${this.found}` : "";
    if (this.told.textContent !== told) this.told.textContent = told;
    if (!options.length) return this.close();
    this.mark(isFirstMarked ? this.list.firstChild : undefined);
    this.list.hidden = false;
    if (this.field.role === "combobox") this.field.setAttribute("aria-expanded", "true");
  }

  close() {
    this.list.hidden = true;
    this.mark(undefined);
    if (this.field.role === "combobox") this.field.setAttribute("aria-expanded", "false");
  }

  rowOf(each, number) {
    const row = document.createElement("li");
    const title = document.createElement("span");
    const kind = document.createElement("span");
    row.id = `${this.list.id}-${number}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    title.textContent = each.title;
    title.dir = "auto";
    if (each.language) title.lang = each.language;
    kind.textContent = each.kind;
    kind.className = "chip";
    kind.dir = "auto"; // a handle begins with its @ in Arabic too
    row.append(title, kind);
    return row;
  }

  mark(row) {
    this.marked?.setAttribute("aria-selected", "false");
    this.marked = row;
    if (!row) return this.field.removeAttribute("aria-activedescendant");
    row.setAttribute("aria-selected", "true");
    row.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", row.id);
  }

  take(row) {
    if (row) this.choose(this.options[[...this.list.children].indexOf(row)]);
  }

  key(event) {
    if (this.list.hidden || event.isComposing) return;
    const rows = [...this.list.children];
    const place = rows.indexOf(this.marked);
    if (event.key === "ArrowDown") this.mark(rows[(place + 1) % rows.length]);
    else if (event.key === "ArrowUp") this.mark(rows[(place <= 0 ? rows.length : place) - 1]);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.marked) this.take(this.marked);
    else return;
    event.preventDefault();
  }
}

/* Asks an address as one types: each question ends the one before. */
export function asker(read) {
  let timer, asked;
  return (address, told) => {
    clearTimeout(timer);
    asked?.abort();
    if (!address) return told([]);
    timer = setTimeout(async () => {
      asked = new AbortController();
      try {
        const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "application/json" } });
        if (answer.ok) told(read(await answer.json()));
      } catch {
        told([]); // no line, or the next letter came: what is typed stands as ever
      }
    }, 150);
  };
}
