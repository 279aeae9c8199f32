/* A page may have changed its address since it was loaded: what is kept is what stands there. */

for (const form of document.querySelectorAll("[data-save-view]")) {
  form.addEventListener("submit", () => {
    form.elements.namedItem("path").value = window.location.pathname;
    form.elements.namedItem("query").value = window.location.search.slice(1);
  });
}
