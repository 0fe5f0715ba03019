import type { ReactNode } from "react";
import css from "./mark-list.module.css";

/** What is in (`yes`) or out (`no`), one per line; the heading above must say which, the marks are for the eye. */
export function MarkList({
  mark,
  items,
}: {
  mark: "yes" | "no";
  items: readonly { id: string; words: ReactNode }[];
}) {
  return (
    <ul className={css.list} data-mark={mark}>
      {items.map(({ id, words }) => (
        <li key={id}>{words}</li>
      ))}
    </ul>
  );
}
