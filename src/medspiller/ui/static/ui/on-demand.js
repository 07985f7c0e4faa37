// Fetches the design system's script only for pages that have something it improves.
const address = document.currentScript.dataset.designSystem;
const improved = "[popover], [data-tooltip], [command], ds-suggestion, ds-tabs";

const fetchIfNeeded = (root) => {
  if (document.querySelector("script[data-design-system-loaded]") || !root.querySelector?.(improved)) return;
  // Its hints to developers are not for those who read the page.
  window.dsWarnings = false;
  const script = document.createElement("script");
  script.src = address;
  script.dataset.designSystemLoaded = "";
  document.head.append(script);
};
fetchIfNeeded(document);
document.addEventListener("htmx:load", (event) => fetchIfNeeded(event.detail.elt));
