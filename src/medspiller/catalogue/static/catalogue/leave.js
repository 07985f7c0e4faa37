// Leaving in a hurry. Every link to a page of ours replaces this one, so that pages for children never take more than one
// place in the way back; the way out replaces that one too, so that the back arrow leads to none of them.
const opensElsewhere = (event, link) =>
  event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.target || link.hasAttribute("download");

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || opensElsewhere(event, link)) return;
  if (link.id !== "quick-exit" && link.origin !== window.location.origin) return;
  event.preventDefault();
  window.location.replace(link.href);
});
