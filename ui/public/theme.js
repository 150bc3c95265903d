// Runs before the first paint, so that a dark page never flashes white. A file of its own because
// the content security policy allows no inline script. src/theme/ does the rest.
(function () {
  var stored = null;
  try {
    stored = localStorage.getItem("leastwise.theme");
  } catch (error) {
    // Storage may be forbidden; the system's choice stands.
  }
  var dark = stored === "dark" || (stored !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
