/* The page before a session's room, once it opens: not all who wait ask at the same instant. */
const LONGEST = 24 * 3600 * 1000; // a page that waits longer is opened anew anyway
const SPREAD = 5000;

export function start(door) {
  const wait = new Date(door.dataset.opensAt) - Date.now();
  if (wait < LONGEST) setTimeout(() => location.reload(), Math.max(0, wait) + 1000 + Math.random() * SPREAD);
}
