// Gives each notice a button that takes it away. None goes away by itself.
const addClosing = (root) => {
  root.querySelectorAll?.("[data-toast]:not([data-closing])").forEach((toast) => {
    toast.dataset.closing = "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ds-button m-toast-close";
    button.dataset.variant = "tertiary";
    button.dataset.icon = "";
    button.setAttribute("aria-label", toast.parentElement.dataset.close);
    button.textContent = "×";
    button.addEventListener("click", () => {
      toast.remove();
      document.getElementById("main")?.focus();
    });
    toast.append(button);
  });
};
addClosing(document);
document.addEventListener("htmx:load", (event) => addClosing(event.detail.elt.parentElement ?? document));
