/* A page may have changed its address since it was loaded: what is kept is what stands there. */

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-save-view]")) return;
  form.elements.namedItem("path").value = window.location.pathname;
  form.elements.namedItem("query").value = window.location.search.slice(1);
});
