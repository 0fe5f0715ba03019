import { type ReactNode, useEffect, useRef } from "react";
import { useI18n } from "#i18n/context.tsx";
import css from "./search-box.module.css";

/** The loud thing of a search page. `/` leads to it from anywhere; `children` hang under it (suggestions). */
export function SearchBox({
  label,
  value,
  onChange,
  onSubmit,
  placeholder,
  takesFocus = false,
  children,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onSubmit: () => void;
  placeholder?: string;
  takesFocus?: boolean;
  children?: ReactNode;
}) {
  const { t } = useI18n();
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (takesFocus) {
      input.current?.focus({ preventScroll: true });
    }
    function focusOnSlash(event: KeyboardEvent) {
      const typing =
        event.target instanceof Element && event.target.closest("input, textarea, select");
      if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing) {
        event.preventDefault();
        input.current?.focus();
      }
    }
    document.addEventListener("keydown", focusOnSlash);
    return () => document.removeEventListener("keydown", focusOnSlash);
  }, [takesFocus]);

  return (
    <search className={css.search}>
      <form
        className={css.box}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <input
          ref={input}
          type="search"
          name="q"
          aria-label={label}
          placeholder={placeholder}
          value={value}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="search"
          maxLength={300}
          onChange={(event) => onChange(event.target.value)}
        />
        <button type="submit">{t.ui.search}</button>
      </form>
      {children}
    </search>
  );
}
