/* Cuts a square out of a picture before it is sent: dragged, or moved by the arrow keys, and made larger by a slider.
   What is sent is the square alone; without this the server cuts from the middle. */
const SIDE = 512; // pixels
const STEP = 0.03; // of the side, for one press of an arrow key

export function start() {
  for (const form of document.querySelectorAll("form[data-crop]")) new Crop(form).open();
}

class Crop {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[type=file]");
    this.place = form.querySelector("[data-crop-place]");
    this.canvas = form.querySelector("canvas");
    this.zoom = form.querySelector("input[type=range]");
    this.button = form.querySelector("button:not([type])");
    this.at = { x: 0.5, y: 0.5 }; // the middle of the square, as parts of the picture
  }

  open() {
    this.input.addEventListener("change", () => this.load());
    this.zoom.addEventListener("input", () => this.draw());
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.canvas.addEventListener("pointerdown", (event) => this.canvas.setPointerCapture(event.pointerId));
    this.canvas.addEventListener("pointermove", (event) => {
      if (this.canvas.hasPointerCapture(event.pointerId)) this.move(event.movementX / this.canvas.clientWidth, event.movementY / this.canvas.clientHeight);
    });
    this.form.addEventListener("submit", (event) => this.send(event));
    if (this.input.files.length) this.load(); // chosen before this script came
  }

  async load() {
    const [file] = this.input.files;
    delete this.form.dataset.cut;
    this.button.disabled = true; // until the square stands, and the button below it where it stays
    const picture = file ? await createImageBitmap(file).catch(() => null) : null;
    if (file !== this.input.files[0]) return; // another was chosen meanwhile, and is on its way
    this.picture = picture;
    this.place.hidden = !this.picture;
    this.at = { x: 0.5, y: 0.5 };
    this.zoom.value = 1;
    if (this.picture) this.draw();
    this.button.disabled = false;
  }

  key(event) {
    const ways = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
    if (!(event.key in ways)) return;
    event.preventDefault();
    const [x, y] = ways[event.key];
    this.move(-x, -y);
  }

  /* The picture under the square, by parts of its side. */
  move(x, y) {
    const side = this.side();
    this.at.x -= (x * side) / this.picture.width;
    this.at.y -= (y * side) / this.picture.height;
    this.draw();
  }

  side() {
    return Math.min(this.picture.width, this.picture.height) / Number(this.zoom.value);
  }

  draw() {
    const side = this.side();
    const within = (part, whole) => Math.min(1 - side / 2 / whole, Math.max(side / 2 / whole, part));
    this.at = { x: within(this.at.x, this.picture.width), y: within(this.at.y, this.picture.height) };
    const [x, y] = [this.at.x * this.picture.width - side / 2, this.at.y * this.picture.height - side / 2];
    const paper = this.canvas.getContext("2d");
    paper.fillStyle = "white";
    paper.fillRect(0, 0, SIDE, SIDE);
    paper.drawImage(this.picture, x, y, side, side, 0, 0, SIDE, SIDE);
  }

  async send(event) {
    if (!this.picture || this.form.dataset.cut !== undefined) return;
    event.preventDefault();
    const square = await new Promise((done) => this.canvas.toBlob(done, "image/jpeg", 0.92));
    const files = new DataTransfer();
    if (square) files.items.add(new File([square], "photo.jpg", { type: "image/jpeg" }));
    if (square) this.input.files = files.files;
    this.form.dataset.cut = "";
    this.form.requestSubmit();
  }
}
