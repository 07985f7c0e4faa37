// Light or dark at once, without loading the page again. Without script the form posts.
const YEAR = 365 * 24 * 3600;

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-switch]");
  const chosen = event.submitter?.value;
  if (!form || !["light", "dark", "auto"].includes(chosen)) return;
  event.preventDefault();
  document.documentElement.dataset.colorScheme = chosen;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `medspiller_theme=${chosen}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
  document.querySelectorAll("[data-theme-switch] button").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.value === chosen));
  });
});
