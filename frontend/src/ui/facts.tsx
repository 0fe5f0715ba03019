import type { ReactNode } from "react";
import css from "./facts.module.css";

export type Fact = { term: string; value: ReactNode };

/** Short facts. In a `row` they flow on one line where they can; as a `list` the terms make a column. */
export function Facts({ facts, look = "row" }: { facts: readonly Fact[]; look?: "row" | "list" }) {
  return (
    <dl className={css.facts} data-look={look}>
      {facts.map(({ term, value }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
