/* Passkeys: asks the browser for one, puts its answer into the form, and sends that. */
import { send, tokenOf } from "./sending.js";

export function start() {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!globalThis.PublicKeyCredential) continue;
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      if (form.elements.credential.value) return;
      event.preventDefault();
      answer(form);
    });
  }
}

async function answer(form) {
  const said = form.querySelector("[role=status]");
  said.textContent = "";
  try {
    const { publicKey } = await optionsOf(form);
    const makes = form.dataset.passkey === "create";
    const asked = { publicKey: makes ? forNew(publicKey) : forKnown(publicKey) };
    const credential = await (makes ? navigator.credentials.create(asked) : navigator.credentials.get(asked));
    form.elements.credential.value = JSON.stringify(spoken(credential));
    form.requestSubmit();
  } catch {
    said.textContent = form.dataset.passkeyFailed;
  }
}

/* With the page where the server knows for whom; else asked for when the button is used. */
async function optionsOf(form) {
  const given = form.querySelector("script[type='application/json']");
  if (given) return JSON.parse(given.textContent);
  const response = await send(form.dataset.passkeyOptions, {}, tokenOf(form));
  if (!response.ok) throw new Error(response.status);
  return response.json();
}

function forNew(asked) {
  return {
    ...asked,
    challenge: bytes(asked.challenge),
    user: { ...asked.user, id: bytes(asked.user.id) },
    excludeCredentials: (asked.excludeCredentials ?? []).map(named),
  };
}

function forKnown(asked) {
  return { ...asked, challenge: bytes(asked.challenge), allowCredentials: (asked.allowCredentials ?? []).map(named) };
}

function named(credential) {
  return { ...credential, id: bytes(credential.id) };
}

function spoken(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[part]) response[part] = words(credential.response[part]);
  return {
    id: credential.id,
    rawId: words(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function words(buffer) {
  const plain = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
