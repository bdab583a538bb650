/* What this device keeps by name. Where it may keep nothing, nothing is lost but that. */
export function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

export function write(key, kept) {
  try { localStorage.setItem(key, JSON.stringify(kept)); return true; } catch { return false; }
}

export function remove(key) {
  try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
}
