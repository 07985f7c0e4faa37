// Single keys on staff pages: to the pages of the menu, to the search, and to the sheet that lists them.
const PATIENCE = 1500;
const sheet = document.getElementById("shortcuts");
let before = "";
let forget;

const targets = new Map();
document.querySelectorAll("a[data-keys]").forEach((link) => {
  link.dataset.keys.split("|").forEach((keys) => targets.set(keys, link.href));
});

const writes = (element) => element.isContentEditable || Boolean(element.closest("input, textarea, select, [role=textbox]"));

const search = () => {
  const field = document.querySelector("main input[type=search]");
  if (field) field.focus();
  else if (targets.has("/")) location.assign(targets.get("/"));
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (writes(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key.length !== 1) return;
  const keys = before ? `${before} ${event.key.toLowerCase()}` : event.key.toLowerCase();
  before = "";
  clearTimeout(forget);
  if (keys === "?") sheet.showModal();
  else if (keys === "/") search();
  else if (targets.has(keys)) location.assign(targets.get(keys));
  else if ([...targets.keys()].some((each) => each.startsWith(`${keys} `))) {
    before = keys;
    forget = setTimeout(() => { before = ""; }, PATIENCE);
    return;
  } else return;
  event.preventDefault();
});

sheet.addEventListener("click", (event) => {
  if (event.target === sheet || event.target.closest("[data-command=close]")) sheet.close();
});
