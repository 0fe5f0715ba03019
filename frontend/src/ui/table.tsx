import type { ReactNode } from "react";
import css from "./table.module.css";

/** A table in lines; `look` is a class for its columns. */
export function Table({ look, children }: { look: string | undefined; children: ReactNode }) {
  return <table className={`${css.table} ${look}`}>{children}</table>;
}

/** One that may be wider than the page: it then scrolls by itself, by keyboard too, under its name. */
export function WideTable({
  label,
  ...table
}: {
  label: string;
  look: string | undefined;
  children: ReactNode;
}) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keyboard (axe: scrollable-region-focusable)
    <div className={css.scroll} role="group" aria-label={label} tabIndex={0}>
      <Table {...table} />
    </div>
  );
}
