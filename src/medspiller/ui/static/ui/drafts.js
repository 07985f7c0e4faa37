// Keeps what is typed into forms with data-draft, and keeps a form that cannot be sent for want of a network.
(() => {
  const PAUSE = 2000;
  const FIRST_RETRY = 2000;
  const LAST_RETRY = 60000;
  const PATIENCE = 8000;
  const NO_TEXT = new Set(["password", "file", "submit", "button", "reset", "image", "fieldset", "output"]);
  const SECRET = new Set(["current-password", "new-password", "one-time-code"]);
  const PERSON_NUMBER = /^\d{6}[ -]?\d{5}$/;
  const COUNT = /-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/;
  const MACHINERY = ["csrfmiddlewaretoken", "session_mark"];
  const begun = performance.now();

  // The server leaves out the same, and more; what is secret is not even sent.
  const isKept = (field) => {
    if (!field.name || field.disabled || typeof field.value !== "string" || NO_TEXT.has(field.type)) return false;
    if (SECRET.has(field.autocomplete) || field.dataset.draftKeep === "no") return false;
    if (field.dataset.draftKeep === "yes" || COUNT.test(field.name)) return true;
    if (field.type === "hidden") return false;
    return !PERSON_NUMBER.test(field.value.trim());
  };

  const typedIn = (form) => {
    const typed = new URLSearchParams();
    for (const field of form.elements) {
      if (!isKept(field) || (["checkbox", "radio"].includes(field.type) && !field.checked)) continue;
      const values = field.type === "select-multiple" ? [...field.selectedOptions].map((each) => each.value) : [field.value];
      values.forEach((value) => typed.append(field.name, value));
    }
    return typed;
  };

  const look = (form) => {
    const { draft: address, draftNumber } = form.dataset;
    const shown = form.querySelector("[data-draft-state]");
    const again = shown.querySelector("[data-draft-again]");
    const first = Number(draftNumber);
    let number = first;
    let kept = typedIn(form).toString();
    let newest = 0;
    let timer;
    let wait = FIRST_RETRY;
    let sending = null;
    let gone = false;
    // Sending was tried in vain: the button to try again stays, also when the draft has been saved meanwhile.
    let unsent = false;

    const say = (what, text = shown.dataset[what]) => {
      shown.querySelector("[data-draft-says]").textContent = text;
      shown.dataset.draftState = what;
      again.hidden = !unsent;
    };
    const isNew = () => typedIn(form).toString() !== kept;
    const mark = () => {
      form.toggleAttribute("data-draft-unsaved", !gone && isNew());
      document.dispatchEvent(new CustomEvent("medspiller:draft"));
    };
    const end = () => { gone = true; clearTimeout(timer); mark(); };
    const later = (pause) => { clearTimeout(timer); timer = setTimeout(save, pause); };
    // By the server's clock, which the page was told: a device's own may be wrong, also ahead of time.
    const next = () => { number = Math.max(number + 1, Math.floor(first + performance.now() - begun)); return number; };

    const body = (typed) => {
      const sent = new URLSearchParams(typed);
      MACHINERY.forEach((name) => { const field = form.elements.namedItem(name); if (field) sent.set(name, field.value); });
      sent.set("_draft_number", next());
      return sent;
    };

    const saved = () => {
      const now = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
      const what = unsent ? "unsent" : "saved";
      say(what, shown.dataset[what].replace("{time}", now));
    };

    // Answers: "saved", "refused", or "unreached" if no answer came.
    const send = async ({ leaving = false, again = false } = {}) => {
      const typed = typedIn(form).toString();
      const mine = ++newest;
      let answer;
      try {
        const stop = leaving ? undefined : AbortSignal.timeout(PATIENCE);
        answer = await fetch(address, { method: "POST", body: body(typed), credentials: "same-origin", redirect: "manual", keepalive: leaving, signal: stop });
      } catch {
        return "unreached";
      }
      if (mine !== newest || gone) return "saved";
      const newer = Number(answer.headers.get("X-Draft-Number"));
      if (answer.status === 409 && newer && !again) {
        // Typed elsewhere meanwhile. Whoever types last is kept.
        number = Math.max(number, newer);
        return send({ leaving, again: true });
      }
      if (answer.status >= 500) return "unreached";
      clearTimeout(timer);
      if (answer.status === 204) {
        kept = typed;
        wait = FIRST_RETRY;
        saved();
        mark();
        if (isNew()) later(PAUSE);
        return "saved";
      }
      say("refused", answer.status === 422 ? await answer.text() : undefined);
      return "refused";
    };

    const save = async () => {
      clearTimeout(timer);
      if (gone || sending || !form.isConnected || !isNew()) return;
      const answer = await send();
      if (answer !== "unreached" || gone) return;
      if (shown.dataset.draftState !== "offline") say("trying");
      later(wait);
      wait = Math.min(wait * 2, LAST_RETRY);
    };

    // The draft is kept first: if that is not answered, the form would not be either, and the page would be gone.
    const check = async (submitter) => {
      clearTimeout(timer);
      sending = submitter ?? form;
      const answer = await send();
      sending = null;
      if (answer === "unreached") {
        unsent = true;
        say("offline");
        later(wait);
        return;
      }
      end();
      // HTMX may have put a new button in the place of the one that was pressed.
      form.requestSubmit(submitter && !submitter.isConnected ? document.getElementById(submitter.id) : submitter);
    };

    let pressed;
    document.addEventListener("submit", (event) => {
      // The button that throws the draft away: what stands here must not bring it back.
      if (event.submitter?.name === "_draft") end();
      if (event.target !== form || gone) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed = event.submitter ?? undefined;
      if (!sending) check(pressed);
    }, true);
    again.addEventListener("click", () => { if (!sending) check(pressed); });

    form.addEventListener("input", () => { mark(); later(PAUSE); });
    form.addEventListener("change", mark);
    form.addEventListener("focusout", () => { if (isNew()) later(0); });
    window.addEventListener("online", () => { if (shown.dataset.draftState === "offline") say("online"); wait = FIRST_RETRY; save(); });
    document.addEventListener("medspiller:session-warning", save);
    // A page that is being left may send no more than a little, once, without waiting for the answer.
    const leave = () => { if (!gone && !sending && form.isConnected && isNew()) send({ leaving: true }); };
    document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); else save(); });
    window.addEventListener("pagehide", leave);
    // The form stands there again, or still: what was sent is over.
    window.addEventListener("pageshow", (event) => { if (event.persisted) gone = false; });
    // A part of the form that was sent by HTMX is kept as well where the answer has a number of the draft.
    let part = "";
    let isPart = false;
    form.addEventListener("htmx:beforeSend", () => { part = typedIn(form).toString(); isPart = false; });
    form.addEventListener("htmx:beforeSwap", (event) => {
      const newer = Number(event.detail.xhr.getResponseHeader("X-Draft-Number"));
      number = Math.max(number, newer);
      isPart = Boolean(newer) && typedIn(form).toString() === part;
    });
    form.addEventListener("htmx:afterRequest", () => { gone = false; });
    form.addEventListener("htmx:afterSettle", () => {
      if (isPart) { kept = typedIn(form).toString(); isPart = false; saved(); }
      mark();
      later(PAUSE);
    });
  };

  document.querySelectorAll("form[data-draft]").forEach(look);
  document.addEventListener("htmx:load", (event) => {
    const found = event.detail.elt;
    if (found === document.body) return;
    [found, ...found.querySelectorAll("form[data-draft]")].filter((each) => each.matches("form[data-draft]")).forEach(look);
  });

  // Asked only where keeping has failed: else it is done while the page is being left.
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-draft-unsaved] :is([data-draft-state='trying'], [data-draft-state='refused'], [data-draft-state='offline'])")) event.preventDefault();
  });
})();
