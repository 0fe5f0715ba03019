import { useSyncExternalStore } from "react";

type Theme = "light" | "dark";

const SWITCHED = "themeswitch";

function currentTheme(): Theme {
  const chosen = document.documentElement.dataset["theme"];
  if (chosen === "light" || chosen === "dark") {
    return chosen;
  }
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Goes from light to dark or back; kept in the browser: `public/theme.js` reads it before the next first paint. */
export function switchTheme(): void {
  const other = currentTheme() === "dark" ? "light" : "dark";
  document.documentElement.dataset["theme"] = other;
  try {
    localStorage.setItem("theme", other);
  } catch {
    // Storage may be forbidden: the choice then lasts as long as the page.
  }
  dispatchEvent(new Event(SWITCHED));
}

function listen(tell: () => void) {
  addEventListener(SWITCHED, tell);
  return () => removeEventListener(SWITCHED, tell);
}

/** The theme of the page, whoever switches it. */
export function useTheme(): Theme {
  return useSyncExternalStore(listen, currentTheme);
}
