// Before the first paint: the theme chosen on an earlier visit; without one, the system's (tokens.css).
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") {
    document.documentElement.dataset.theme = theme;
  }
} catch {
  // Storage may be forbidden: the system's theme then.
}
