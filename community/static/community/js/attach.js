/* The files of a form: chosen, pasted or dropped, sent at once, named in its field `files`; it is sent when they are there. */
import { Refused, settled, stateOf, upload } from "./upload.js";
import { describe, isOff, made, say, show } from "./filerow.js";
import { tokenOf } from "./sending.js";

export function start() {
  for (const box of document.querySelectorAll("[data-files]")) new Files(box).open();
}

class Files {
  constructor(box) {
    this.box = box;
    this.form = box.form;
    this.list = box.querySelector(".chosen");
    this.field = box.querySelector("[name=files]");
    this.input = box.querySelector("input[type=file]");
    this.uploads = new Map(); // row → AbortController
    this.held = null; // the button by which the form waits to be sent
  }

  open() {
    for (const row of this.rows()) this.tend(row);
    this.input.addEventListener("change", () => this.chosen());
    this.form.addEventListener("paste", (event) => this.given(event, event.clipboardData));
    this.form.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
    this.form.addEventListener("drop", (event) => this.given(event, event.dataTransfer));
    this.form.addEventListener("filled", () => this.begin());
    this.form.addEventListener("submit", (event) => this.hold(event), true);
    this.follow();
    this.chosen(); // on a slow line: before this script came
  }

  chosen() {
    const files = [...this.input.files];
    this.input.value = "";
    this.take(files);
  }

  rows() {
    return [...this.list.children];
  }

  given(event, { files }) {
    if (!files.length) return;
    event.preventDefault();
    this.take([...files]);
  }

  take(files) {
    const room = Number(this.box.dataset.most) - this.rows().filter((row) => !isOff(row)).length;
    this.say(files.length > room ? this.box.dataset.tooMany : "");
    for (const file of files.slice(0, Math.max(0, room))) this.send(file, this.add(file.name, file.size));
  }

  add(name, size) {
    const row = made(this.box, name, size);
    this.tend(row);
    this.list.append(row);
    return row;
  }

  /* Remove is undone by the same tick: what is off is not named in the field. */
  tend(row) {
    const [tick, alt] = [row.querySelector(".drop input"), row.querySelector("[data-alt] input")];
    tick.removeAttribute("name");
    tick.addEventListener("change", () => { this.uploads.get(row)?.abort(); this.keep(); });
    alt?.addEventListener("change", () => describe(this.box, row, alt.value));
  }

  async send(file, row) {
    const stop = new AbortController();
    const bar = row.querySelector("progress");
    const tell = ({ received, isWaiting }) => {
      if (received !== undefined) bar.value = received / file.size;
      this.state(row, isWaiting ? "waits" : "arriving");
    };
    this.uploads.set(row, stop);
    this.state(row, "arriving");
    try {
      const { begin } = this.box.dataset;
      const now = await upload(file, { begin, token: tokenOf(this.form), tell, signal: stop.signal });
      this.show(row, now);
      this.done(row);
      this.show(row, await settled(now, begin));
    } catch (error) {
      if (stop.signal.aborted) row.remove();
      else this.state(row, "failed", error instanceof Refused ? error.words : "");
      this.done(row);
    }
    this.keep();
  }

  done(row) {
    this.uploads.delete(row);
    this.keep();
    if (this.uploads.size || !this.held) return;
    const button = this.held;
    this.held = null;
    this.say("");
    if (!this.rows().some(({ dataset }) => dataset.state === "failed")) this.form.requestSubmit(button.isConnected ? button : null);
  }

  show(row, now) {
    show(this.box, row, now);
  }

  state(row, state, words) {
    const said = say(this.box, row, state, words);
    if (state === "failed") this.say(`${row.querySelector("[data-name]").textContent}: ${said}`, "unseen"); // its row shows it
  }

  /* The field names what is here; a draft keeps it. */
  keep() {
    const value = this.rows().filter((row) => row.dataset.file && !isOff(row)).map(({ dataset }) => dataset.file).join(",");
    if (this.field.value === value) return;
    this.field.value = value;
    this.form.dispatchEvent(new Event("input"));
  }

  /* Another text: what was refused belonged to the last. */
  begin() {
    for (const row of this.rows()) if (row.dataset.state === "failed") row.remove();
    this.say("");
    this.follow();
  }

  /* The field was filled, by a draft or for the next text: the rows follow it. */
  async follow() {
    const ids = this.field.value.split(",").filter(Boolean);
    for (const row of this.rows()) if (row.dataset.file && !ids.includes(row.dataset.file)) row.remove();
    for (const id of ids) {
      if (this.list.querySelector(`[data-file="${CSS.escape(id)}"]`)) continue;
      const now = await stateOf(id, this.box.dataset.begin).catch(() => null);
      if (now) this.show(this.add(now.name, now.size), now);
    }
  }

  hold(event) {
    if (!this.uploads.size || event.submitter?.name === "preview") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.held = event.submitter ?? this.form.querySelector("button:not([name])");
    this.say(this.box.dataset.held);
  }

  say(text, how = "meta") {
    Object.assign(this.box.querySelector("[data-files-state]"), { textContent: text, className: how });
  }
}
