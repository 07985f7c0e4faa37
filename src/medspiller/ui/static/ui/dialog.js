// Turns what folds out without script into a dialog over the page.
const upgrade = (fold) => {
  const summary = fold.querySelector(":scope > summary");
  const body = fold.querySelector(":scope > .m-dialog-body");
  const heading = body.querySelector("[id]");

  const opener = document.createElement("button");
  opener.type = "button";
  opener.setAttribute("aria-haspopup", "dialog");
  for (const { name, value } of summary.attributes) opener.setAttribute(name, value);
  opener.append(...summary.childNodes);

  const dialog = document.createElement("dialog");
  dialog.className = "ds-dialog";
  dialog.id = fold.id;
  dialog.setAttribute("aria-labelledby", heading.id);

  const close = document.createElement("button");
  close.type = "button";
  close.className = "ds-button m-dialog-close";
  close.dataset.variant = "tertiary";
  close.dataset.icon = "";
  close.dataset.command = "close";
  close.setAttribute("aria-label", fold.dataset.close);

  dialog.append(close, body);
  fold.replaceWith(opener, dialog);
  opener.addEventListener("click", () => dialog.showModal());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-command=close], [value=close]")) dialog.close();
  });
  if (fold.open) dialog.showModal();
};

const upgradeAll = (root) => root.querySelectorAll?.("details[data-dialog]").forEach(upgrade);
upgradeAll(document);
document.addEventListener("htmx:load", (event) => upgradeAll(event.detail.elt));
