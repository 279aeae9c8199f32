/* Sets the theme before the first paint, so that a dark page never flashes white. */
(function () {
  try {
    var chosen = window.localStorage.getItem("atlas-theme");
    if (chosen === "light" || chosen === "dark") {
      document.documentElement.dataset.theme = chosen;
    }
  } catch (error) {
    /* Storage may be forbidden; the system's preference then decides. */
  }
})();
