/* The one module every page loads. What a page does not use is not fetched. */
import { sayTimes } from "./times.js";
import { offerLanguage } from "./language.js";

sayTimes(document);
offerLanguage();

const has = (selector) => document.querySelector(selector) !== null;

if (has("[data-draft]") || location.search.includes("sent=") || has("[data-sent]"))
  import("./drafts.js").then((module) => module.start());
if (has("[data-files]")) import("./attach.js").then((module) => module.start());
if (has("[data-most]")) import("./toolong.js").then((module) => module.start());
if (has("[data-crop]")) import("./crop.js").then((module) => module.start());
if (has("[data-preview]")) import("./preview.js").then((module) => module.start());
if (has("[data-guess-zone]")) import("./zoneguess.js").then((module) => module.start());
const withoutIt = () => {}; // no line: what is typed stands as ever
for (const form of document.querySelectorAll("form[data-mentions]")) {
  const offer = () => import("./mentions.js").then((module) => module.start(form)).catch(withoutIt);
  form.addEventListener("focusin", offer, { once: true });
}
if (has("[data-suggest-tags]")) import("./tags.js").then((module) => module.suggestTags());
if (has("[data-similar]")) import("./similar.js").then((module) => module.start());
if (has("[data-alike]"))
  import("./alike.js").then((module) => module.start(document.querySelector("[data-alike]")));
if (has("[data-drag-days]"))
  import("./dragging.js").then((module) => module.start(document.querySelector("[data-drag-days]")));
if (has("[data-counts-to]")) import("./countdown.js").then((module) => module.start());
if (has("[data-opens-at]"))
  import("./door.js").then((module) => module.start(document.querySelector("[data-opens-at]")));
if (has("[data-poll-slot]")) import("./poll.js").then((module) => module.start());
if (has("[data-read-up-to]")) import("./progress.js").then((module) => module.followProgress());
// A page that says it is live can keep what is written once it no longer is: these come first.
const keepers = [];
if (document.documentElement.dataset.member) keepers.push(import("./outbox.js").then((module) => void module.start()));
if (has(".posts ~ form#reply")) keepers.push(import("./replying.js").then((module) => void module.start()));
if (has("[data-stream]") || document.documentElement.dataset.memberStream) {
  const live = import("./live.js");
  Promise.allSettled(keepers)
    .then(() => live)
    .then((module) => module.start());
}
if (has("form#deeds")) import("./deeds.js").then((module) => module.start(document.getElementById("deeds")));
if (has("[data-passkey]")) import("./passkeys.js").then((module) => module.start());
document
  .querySelector("[data-suggest]")
  ?.addEventListener(
    "focus",
    ({ target }) => import("./suggest.js").then((module) => module.start(target)).catch(withoutIt),
    { once: true },
  );
document
  .querySelector(".world-view")
  ?.addEventListener("focusin", ({ target }) =>
    target.querySelector(".dot")?.scrollIntoView({ inline: "center", block: "nearest" }),
  );
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
if (has("[data-menu]")) import("./menu.js").then((module) => module.start());
