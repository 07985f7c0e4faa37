// Says in time that a session is about to close, and lets one stay. Other tabs count: the server is asked first.
(() => {
  const section = document.querySelector("[data-session]");
  const dialog = section.querySelector("dialog");
  const stay = dialog.querySelector("[data-session-stay]");
  const close = dialog.querySelector("[data-session-close]");
  const kept = dialog.querySelector("[data-session-kept]");
  const { address, warn } = section.dataset;
  let typed = false;
  let shown = "";
  let timer;

  // What is typed into a form with a draft is kept by drafts.js, which marks the form until it is.
  const isKept = (field) => field.form?.matches("[data-draft]");
  const isLost = () => typed || document.querySelector("form[data-draft-unsaved]");
  document.addEventListener("input", (event) => { if (!isKept(event.target)) typed = true; });
  document.addEventListener("submit", () => { typed = false; });

  const ask = async (method) => {
    const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
    const headers = method === "POST" ? { "X-CSRFToken": token } : {};
    const answer = await fetch(address, { method, headers, credentials: "same-origin", cache: "no-store" });
    return answer.ok ? answer.json() : { signed_in: false };
  };

  // It is said to be saved only once it is.
  const tell = () => { kept.hidden = shown === "over" || !document.querySelector("form[data-draft]") || Boolean(isLost()); };
  document.addEventListener("medspiller:draft", tell);

  const show = (wanted) => {
    dialog.querySelectorAll("[data-session-text]").forEach((text) => { text.hidden = text.dataset.sessionText !== wanted; });
    stay.hidden = wanted !== "prolong";
    shown = wanted;
    tell();
    document.dispatchEvent(new CustomEvent("medspiller:session-warning"));
    if (!dialog.open) dialog.showModal();
  };

  // Whoever has typed something that is not kept keeps the page; else it goes, so that nobody else reads it.
  const over = () => {
    if (!isLost()) {
      location.reload();
      return;
    }
    show("over");
  };

  const wait = (seconds) => {
    clearTimeout(timer);
    const until = seconds > warn ? seconds - warn : seconds;
    timer = setTimeout(check, Math.max(until, 1) * 1000);
  };

  const act = (session) => {
    if (!session.signed_in) {
      over();
      return;
    }
    if (session.seconds_left <= warn) show(session.can_be_prolonged ? "prolong" : "final");
    else if (dialog.open) dialog.close();
    wait(session.seconds_left);
  };

  // Without a network nothing is known: it is asked again a little later.
  const check = () => ask("GET").then(act).catch(() => wait(15));

  stay.addEventListener("click", () => ask("POST").then(act).catch(() => {}));
  close.addEventListener("click", () => dialog.close());
  // A computer that slept has stopped the clock meanwhile.
  document.addEventListener("visibilitychange", () => { if (!document.hidden) check(); });
  wait(Number(section.dataset.seconds));
})();
