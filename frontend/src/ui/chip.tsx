import type { ReactNode } from "react";
import { useI18n } from "#i18n/context.tsx";
import css from "./chip.module.css";

/** A filter in force: pressing it takes it away. */
export function FilterChip({ label, onRemove }: { label: string; onRemove: () => void }) {
  const { t } = useI18n();
  return (
    <button
      type="button"
      className={css.chip}
      data-on="true"
      aria-label={t.ui.removeFilter(label)}
      onClick={onRemove}
    >
      {label} <span aria-hidden="true">✕</span>
    </button>
  );
}

/** A chip that does something else: opens the filters, takes a suggestion. */
export function Chip({ onPress, children }: { onPress: () => void; children: ReactNode }) {
  return (
    <button type="button" className={css.chip} onClick={onPress}>
      {children}
    </button>
  );
}

/** Chips in a row. */
export function Chips({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div role="group" aria-label={label} className={css.chips}>
      {children}
    </div>
  );
}
