import { type ComponentProps, type ReactNode, useEffect, useRef } from "react";
import { useI18n } from "#i18n/context.tsx";
import css from "./search-box.module.css";

type Wiring = Pick<
  ComponentProps<"input">,
  | "role"
  | "aria-expanded"
  | "aria-controls"
  | "aria-autocomplete"
  | "aria-activedescendant"
  | "onKeyDown"
  | "onBlur"
>;

/** The loud thing of a search page, which `/` leads to; `children` hang under it, wired by `input`. */
export function SearchBox({
  label,
  value,
  onChange,
  onSubmit,
  placeholder,
  takesFocus = false,
  input: wiring,
  children,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onSubmit: () => void;
  placeholder?: string;
  takesFocus?: boolean;
  input?: Wiring;
  children?: ReactNode;
}) {
  const { t } = useI18n();
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (takesFocus) {
      input.current?.focus({ preventScroll: true });
    }
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
          {...wiring}
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
