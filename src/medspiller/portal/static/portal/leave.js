// Leaving in a hurry. The page is replaced, so that the back arrow does not lead to it; from one of these pages to the
// next likewise, so that they never take more than one place in the way back.
const replaceWith = (link) => (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  window.location.replace(link.href);
};

document.querySelectorAll('#quick-exit, main a[href^="/ung/"]').forEach((link) => {
  link.addEventListener("click", replaceWith(link));
});
