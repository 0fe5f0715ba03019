import type { ReactNode } from "react";
import css from "./facts.module.css";

/** A `minor` one is left out of a list on a phone. */
export type Fact = { term: string; value: ReactNode; minor?: true };

/** Short facts. In a `row` they flow on one line where they can; as a `list` the terms make a column; in a `grid` they are told over the values. */
export function Facts({
  facts,
  look = "row",
}: {
  facts: readonly Fact[];
  look?: "row" | "list" | "grid";
}) {
  return (
    <dl className={css.facts} data-look={look}>
      {facts.map(({ term, value, minor }) => (
        <div key={term} data-minor={minor}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
