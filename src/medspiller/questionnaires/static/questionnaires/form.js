// Forms made of questionnaires, where there is script: what is asked follows while one answers.
// Without it the same happens when the page is sent.
(() => {
  const STEP = "q-step";
  const TYPED = "textarea, select, input:not([type=hidden], [type=radio], [type=checkbox], [type=file])";
  const ANSWERS = `#${STEP} :is(textarea, select, input:not([type=hidden], [type=file]))`;

  // An answer that stands alone takes the others away, and the others take it away. Before HTMX sends.
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!box.matches?.(`#${STEP} input[type=checkbox]`) || !box.checked) return;
    const others = document.querySelectorAll(`#${STEP} input[type=checkbox][name="${CSS.escape(box.name)}"]`);
    if (![...others].some((other) => other.hasAttribute("data-exclusive"))) return;
    const alone = box.hasAttribute("data-exclusive");
    others.forEach((other) => {
      if (other !== box && (alone || other.hasAttribute("data-exclusive"))) other.checked = false;
    });
  }, true);

  // The size of the text is nothing that the server must know at once.
  document.addEventListener("change", (event) => {
    if (event.target.id !== "q-large") return;
    event.stopPropagation();
    try { sessionStorage.setItem("q-large", event.target.checked ? "1" : ""); } catch { /* private windows keep nothing */ }
  }, true);

  let said;
  const say = (text) => {
    if (!said) {
      said = document.createElement("div");
      said.className = "q-said";
      said.setAttribute("role", "status");
      document.body.append(said);
    }
    said.textContent = text;
  };

  const asked = () => new Map([...document.querySelectorAll(`#${STEP} [data-question]`)].map((one) => [one.id, one.dataset.question]));

  // What was sent. Where the page says something else when the answer comes, that is newer than the answer.
  const stateOf = (field) => (["radio", "checkbox"].includes(field.type) ? field.checked : field.value);
  let sent = new Map();
  const send = () => { sent = new Map([...document.querySelectorAll(ANSWERS)].map((one) => [one.id, stateOf(one)])); };
  const answered = (id, value) => {
    const field = document.getElementById(id);
    if (!field) return;
    if (typeof value === "boolean") field.checked = value;
    else if (field.value !== value) field.value = value;
  };

  // What stood on the page, and where one was, in the moment before it is replaced.
  let before = null;
  const remember = () => {
    const at = document.activeElement;
    const step = document.getElementById(STEP);
    if (!step) return;
    const typing = at && step.contains(at) && at.matches(TYPED);
    let range = null;
    try { range = typing && at.selectionStart !== null ? [at.selectionStart, at.selectionEnd] : null; } catch { /* dates have no cursor */ }
    const open = [...step.querySelectorAll("details[open]")].map((one) => one.closest("[id]")?.id);
    // A chosen file cannot be chosen by script again, so its input stays the same.
    const newer = [...document.querySelectorAll(ANSWERS)].filter((one) => sent.get(one.id) !== stateOf(one)).map((one) => [one.id, stateOf(one)]);
    const heights = [...step.querySelectorAll("textarea")].filter((one) => one.style.height).map((one) => [one.id, one.style.height]);
    const files = [...step.querySelectorAll("input[type=file]")].filter((one) => one.files.length);
    before = { files, heights, newer, asked: asked(), id: at && step.contains(at) ? at.id : "", range, open, at: at?.getBoundingClientRect().top };
  };

  const restore = () => {
    if (!before) return;
    const { files, heights, newer, asked: old, id, range, open, at } = before;
    before = null;
    files.forEach((one) => document.getElementById(one.id)?.replaceWith(one));
    open.forEach((each) => { const fold = each && document.getElementById(each)?.querySelector("details"); if (fold) fold.open = true; });
    // A box that somebody has made larger stays so.
    heights.forEach(([each, height]) => { const box = document.getElementById(each); if (box) box.style.height = height; });
    newer.forEach(([each, value]) => answered(each, value));
    const field = id && document.getElementById(id);
    if (field) {
      field.focus({ preventScroll: true });
      try { if (range) field.setSelectionRange(...range); } catch { /* dates have no cursor */ }
      window.scrollBy(0, field.getBoundingClientRect().top - at);
    }
    tell(old, asked());
  };

  const tell = (old, now) => {
    const step = document.getElementById(STEP);
    const fresh = [...now].filter(([key]) => !old.has(key));
    const gone = [...old].filter(([key]) => !now.has(key));
    fresh.forEach(([key]) => document.getElementById(key)?.classList.add("q-new"));
    const parts = [[step?.dataset.appeared, fresh], [step?.dataset.gone, gone]].filter(([, list]) => list.length);
    if (parts.length) say(parts.map(([word, list]) => `${word} ${list.map(([, text]) => text).join("; ")}`).join(". "));
  };

  const isOurs = (event) => event.detail.target?.id === STEP;
  document.addEventListener("htmx:beforeSend", (event) => { if (isOurs(event)) send(); });
  document.addEventListener("htmx:beforeSwap", (event) => { if (isOurs(event)) remember(); });
  // A button that somebody is just pressing stays the same one, unless it must lead elsewhere.
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { target, fragment } = event.detail;
    if (target.id === "q-go" && fragment.querySelector("#q-go")?.dataset.leads === target.dataset.leads) event.detail.shouldSwap = false;
  });
  // At once, and not when it has settled: in between somebody could type.
  document.addEventListener("htmx:afterSwap", (event) => { if (isOurs(event)) restore(); });

  const begin = () => {
    const large = document.getElementById("q-large");
    try { if (large && sessionStorage.getItem("q-large")) large.checked = true; } catch { /* nothing was kept */ }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
