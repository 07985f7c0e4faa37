// Asks before somebody leaves what they have typed, and counts characters.
let changed = false;

document.addEventListener("input", (event) => {
  if (event.target.form?.matches("[data-warn-unsaved]")) changed = true;
  const counter = document.querySelector(`[data-count-for="${CSS.escape(event.target.id)}"]`);
  if (!event.target.id || !counter) return;
  const left = Number(counter.dataset.limit) - event.target.value.length;
  counter.textContent = `${Math.abs(left)} ${left < 0 ? counter.dataset.over : counter.dataset.under}`;
  counter.toggleAttribute("data-too-many", left < 0);
});

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-warn-unsaved]")) changed = false;
});

window.addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});
