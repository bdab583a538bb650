/* How modules speak to the server: as a form would, with the form's own token. */
export function send(address, fields, token, { accept = "application/json", signal } = {}) {
  return fetch(address, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { "X-CSRFToken": token, Accept: accept },
    credentials: "same-origin",
    redirect: "error",
    signal,
  });
}

export function tokenOf(form) {
  return form.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}
