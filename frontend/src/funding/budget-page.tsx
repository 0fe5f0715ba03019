import { Link } from "@tanstack/react-router";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { moneyText } from "#i18n/money.ts";
import { Text, useText } from "#i18n/text.tsx";
import { Notice } from "#ui/notice.tsx";
import { Page, Section } from "#ui/page.tsx";
import { BudgetDay } from "./budget-day.tsx";
import { BudgetLedger } from "./budget-ledger.tsx";
import { linesOf } from "./budget-lines.ts";
import { BudgetPicture } from "./budget-picture.tsx";
import { BudgetRivals } from "./budget-rivals.tsx";
import { BudgetTable } from "./budget-table.tsx";
import css from "./budget.module.css";

type Budget = Schema<"Budget">;

/** Where a programme's money is at the end of a day: drawn, in a table, entry by entry, with every source. */
export function BudgetPage({
  budget,
  onDay,
}: {
  budget: Budget;
  onDay: (day: string | undefined) => void;
}) {
  const i18n = useI18n();
  const text = useText();
  const words = i18n.t.budget;
  const lines = linesOf(budget);
  const { amount_cents: whole, breakdown } = budget;
  const question = whole === null ? words.kicker : words.question(moneyText(whole, i18n));
  return (
    <Page
      title={`${question} ${text(budget.name)}`}
      fictitious={budget.fictitious}
      head={
        <div className="stack">
          <p className="soft">
            <Link to="/budgets">{words.all}</Link> · <Text of={budget.name} />
          </p>
          <h1>{question}</h1>
          {budget.parents.length > 0 && (
            <p className="row soft">
              {words.within}
              {budget.parents.map(({ slug, name }) => (
                <Link key={slug} to="/budgets/$programme" params={{ programme: slug }}>
                  <Text of={name} />
                </Link>
              ))}
            </p>
          )}
          <Sums budget={budget} />
          <BudgetDay asOf={budget.as_of} dates={budget.dates} onDay={onDay} />
        </div>
      }
    >
      {breakdown !== null && breakdown.excess_cents !== null && (
        <Notice tone="alarm">{words.excess(moneyText(breakdown.excess_cents, i18n))}</Notice>
      )}
      <Section title={words.picture}>
        <p className="soft small">{words.hint}</p>
        <BudgetPicture lines={lines} />
      </Section>
      <BudgetRivals budget={budget} />
      <Section title={words.table}>
        <BudgetTable lines={lines} budget={budget} />
      </Section>
      <BudgetLedger programme={budget.slug} asOf={budget.as_of} />
      <p className="soft small">{words.dates}</p>
    </Page>
  );
}

/** The whole, what of it is broken down, and what is not: at a glance. */
function Sums({ budget: { amount_cents: whole, breakdown } }: { budget: Budget }) {
  const i18n = useI18n();
  const words = i18n.t.budget;
  if (whole === null) {
    return <p className="lead">{words.wholeUnknown}</p>;
  }
  const sums = [
    [words.whole, whole],
    [words.parts, breakdown?.parts_cents ?? null],
    [words.rest, breakdown?.not_broken_down_cents ?? null],
  ] as const;
  return (
    <ul className={css.sums}>
      {sums.map(
        ([label, cents]) =>
          cents !== null && (
            <li key={label}>
              <b>{moneyText(cents, i18n)}</b> {label}
            </li>
          ),
      )}
    </ul>
  );
}
