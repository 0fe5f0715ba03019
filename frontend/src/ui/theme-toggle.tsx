import { useI18n } from "#i18n/context.tsx";
import css from "./shell.module.css";
import { switchTheme, useTheme } from "./theme.ts";

/** Light or dark. */
export function ThemeToggle() {
  const { t } = useI18n();
  const label = useTheme() === "dark" ? t.shell.theme.toLight : t.shell.theme.toDark;
  return (
    <button
      type="button"
      className={css.tool}
      onClick={switchTheme}
      aria-label={label}
      title={label}
    >
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" strokeWidth="2" />
        <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
      </svg>
    </button>
  );
}
