import { Link } from "@tanstack/react-router";
import type { Schema } from "#api/schemas.ts";
import { type I18n, useI18n } from "#i18n/context.tsx";
import type { Fact } from "#ui/facts.tsx";
import { countSources, figureText } from "#ui/figure-text.ts";
import { MoneyRange } from "#ui/money.tsx";
import { timeFacts } from "./call-times.tsx";

type Call = Schema<"CallSummary">;

/** The share that is paid: "50 %", "35 à 70 %"; null where no rate is stated. */
export function ratesText(rates: Call["rates"], { t }: I18n): string | null {
  const percents = rates.map(({ percent }) => percent);
  return percents.length === 0
    ? null
    : t.funding.facts.rates(Math.min(...percents), Math.max(...percents));
}

/** The money of a call as a whole, as far as its sources go: a conflict between them is one link away. */
export function Budget({ slug, budget }: { slug: string; budget: Schema<"FigureSet"> }) {
  const i18n = useI18n();
  const sources = countSources(budget);
  return (
    <>
      <span className="num">{figureText(budget.headline, i18n)}</span>
      {budget.others.length > 0 && (
        <>
          {" "}
          <Link to="/appels/$slug" params={{ slug }} hash="chiffres">
            {sources > 1
              ? i18n.t.ui.sources(sources)
              : i18n.t.funding.facts.figures(budget.others.length + 1)}
          </Link>
        </>
      )}
    </>
  );
}

/** What a list says of a call: dates, amount, rate, envelope. What is not stated is said where one would look for it. */
export function useCallFacts(call: Call): Fact[] {
  const i18n = useI18n();
  const { facts } = i18n.t.funding;
  const rate = ratesText(call.rates, i18n);
  return [
    ...timeFacts(call, i18n),
    {
      term: facts.amount,
      value: <MoneyRange min={call.amount_min_cents} max={call.amount_max_cents} />,
    },
    ...(rate === null ? [] : [{ term: facts.rate, value: rate, minor: true as const }]),
    ...(call.budget === null
      ? []
      : [
          {
            term: facts.budget,
            value: <Budget slug={call.slug} budget={call.budget} />,
            minor: true as const,
          },
        ]),
  ];
}
