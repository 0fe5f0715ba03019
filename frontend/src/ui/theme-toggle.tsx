import { useState } from "react";
import { useI18n } from "#i18n/context.tsx";
import css from "./shell.module.css";

type Theme = "light" | "dark";

function currentTheme(): Theme {
  const chosen = document.documentElement.dataset["theme"];
  if (chosen === "light" || chosen === "dark") {
    return chosen;
  }
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Light or dark, kept in the browser: `public/theme.js` reads it before the next first paint. */
export function ThemeToggle() {
  const { t } = useI18n();
  const [theme, setTheme] = useState(currentTheme);
  const other = theme === "dark" ? "light" : "dark";
  const label = other === "dark" ? t.shell.theme.toDark : t.shell.theme.toLight;

  function toggle() {
    document.documentElement.dataset["theme"] = other;
    setTheme(other);
    try {
      localStorage.setItem("theme", other);
    } catch {
      // Storage may be forbidden: the choice then lasts as long as the page.
    }
  }

  return (
    <button type="button" className={css.tool} onClick={toggle} aria-label={label} title={label}>
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" strokeWidth="2" />
        <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
      </svg>
    </button>
  );
}
