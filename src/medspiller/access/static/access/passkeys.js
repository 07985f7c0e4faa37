// Passkeys: asks our server what to ask, asks the browser, and sends the answer with the form around the button.
// Parts that need it are hidden until script has found that this browser knows passkeys.

const decoded = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const encoded = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const withIds = (list) => (list ?? []).map((each) => ({ ...each, id: decoded(each.id) }));

function readable(options) {
  const asked = { ...options, challenge: decoded(options.challenge) };
  if (options.user) asked.user = { ...options.user, id: decoded(options.user.id) };
  asked.excludeCredentials = withIds(options.excludeCredentials);
  asked.allowCredentials = withIds(options.allowCredentials);
  return asked;
}

function sendable(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = encoded(credential.response[name]);
  }
  return {
    id: credential.id,
    rawId: encoded(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function ask(part, form) {
  const question = await fetch(part.dataset.questions, {
    method: "POST",
    headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
  });
  if (!question.ok) throw new Error(`the server answered ${question.status}`);
  const publicKey = readable((await question.json()).publicKey);
  const credential = await navigator.credentials[part.dataset.passkey]({ publicKey });
  form.elements.answer.value = JSON.stringify(sendable(credential));
  form.submit();
}

for (const part of document.querySelectorAll("[data-passkey]")) {
  const form = part.querySelector("form");
  const trouble = part.querySelector("[data-passkey-trouble]");
  if (!window.PublicKeyCredential || !form) continue;
  part.hidden = false;
  for (const other of document.querySelectorAll("[data-without-passkeys]")) other.hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    trouble.hidden = true;
    ask(part, form).catch(() => {
      trouble.hidden = false;
    });
  });
}
