// What every page with script does: HTMX carries the token, menus close as menus do, printing has a button.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('meta[name="csrf-token"]');
  const mark = document.querySelector('meta[name="session-mark"]');
  if (event.detail.verb === "get") return;
  if (token) event.detail.headers["X-CSRFToken"] = token.content;
  if (mark) event.detail.headers["X-Session-Mark"] = mark.content;
});

// The menu at the side lies open where there is room for it.
const roomy = window.matchMedia("(min-width: 64rem)");
const fold = () => document.querySelectorAll("[data-fold]").forEach((menu) => { menu.open = roomy.matches; });
roomy.addEventListener("change", fold);
fold();

document.addEventListener("click", (event) => {
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  if (event.target.closest("#print")) window.print();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// A rejected form that HTMX put in place: go to what is wrong, as a whole page would.
document.addEventListener("htmx:afterSettle", (event) => {
  event.detail.elt.querySelector?.(".ds-error-summary")?.focus();
});

// A refusal that gives back what was typed takes the place of the whole page, also when HTMX had asked for a part.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.xhr.getResponseHeader("X-Whole-Page")) return;
  event.detail.shouldSwap = true;
  event.detail.target = document.body;
  event.detail.swapOverride = "innerHTML";
});
