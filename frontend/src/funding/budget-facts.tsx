import { Link } from "@tanstack/react-router";
import type { Schema } from "#api/schemas.ts";
import { type I18n, useI18n } from "#i18n/context.tsx";
import { dayText } from "#i18n/dates.ts";
import { moneyText } from "#i18n/money.ts";
import { Text } from "#i18n/text.tsx";
import { Cite } from "#ui/cite.tsx";
import { type Fact, Facts } from "#ui/facts.tsx";
import { Figures } from "#ui/figures.tsx";
import { Money } from "#ui/money.tsx";
import { SourceLine } from "#ui/source-line.tsx";
import css from "./budget.module.css";

type Node = Schema<"Budget"> | Schema<"EnvelopeMoney"> | Schema<"CallMoney">;
type Kinds = Pick<Node, "allocated" | "committed" | "awarded" | "paid">;

/** An amount that opens on the sources of it, each to be cited. */
function Cited({
  label,
  amount,
  sources,
  detail,
}: {
  label: string;
  amount: string;
  sources: readonly Schema<"SourceRead">[];
  detail?: string;
}) {
  return (
    <details className={css.cited}>
      <summary className="num">{amount}</summary>
      {detail !== undefined && <p className="small">{detail}</p>}
      <ul className={css.sources}>
        {sources.map((source) => (
          <li key={source.slug}>
            <SourceLine source={source} />{" "}
            <Cite words={`${label} ${amount}`} scope={detail ?? null} source={source} />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Until when an awarded amount goes, and what of it nobody breaks down. */
function awardedDetail(awarded: Schema<"Awarded">, i18n: I18n): string {
  const words = i18n.t.budget;
  const { lump_cents: lump, awards, without_amount: silent, latest } = awarded;
  return [
    latest !== null && words.onDay(dayText(latest, i18n)),
    lump > 0 && words.lump(moneyText(lump, i18n)),
    awards > 0 && words.awards(awards),
    silent > 0 && words.withoutAmount(silent),
  ]
    .filter((part) => part !== false)
    .join(", ");
}

/** One kind of money of a thing, with its day and its sources; null where nothing is stated. */
export function MoneyCell({ kind, of }: { kind: keyof Kinds; of: Kinds }) {
  const i18n = useI18n();
  const { onDay, kinds } = i18n.t.budget;
  if (kind === "awarded") {
    const { awarded } = of;
    return (
      awarded !== null && (
        <Cited
          label={kinds[kind]}
          amount={awarded.cents === null ? i18n.t.ui.notStated : moneyText(awarded.cents, i18n)}
          sources={awarded.sources}
          detail={awardedDetail(awarded, i18n)}
        />
      )
    );
  }
  const total = of[kind];
  return (
    total !== null && (
      <Cited
        label={kinds[kind]}
        amount={moneyText(total.cents, i18n)}
        sources={total.sources}
        detail={onDay(dayText(total.latest, i18n))}
      />
    )
  );
}

export const MONEY = ["allocated", "committed", "awarded", "paid"] as const;

/** What the ledger and the awards say of a thing: only what is stated. */
export function moneyFacts(of: Kinds, { t }: I18n): Fact[] {
  return MONEY.filter((kind) => of[kind] !== null).map((kind) => ({
    term: t.budget.kinds[kind],
    value: <MoneyCell kind={kind} of={of} />,
  }));
}

/** What is left of a call, and of which day that is true; else why it is not said. */
export function LeftText({ left }: { left: Schema<"Left"> }) {
  const i18n = useI18n();
  const words = i18n.t.budget;
  if (left.cents === null || left.latest === null) {
    return left.unsaid === null ? null : <span className="soft">{words.unsaid[left.unsaid]}</span>;
  }
  return (
    <>
      <Money cents={left.cents} /> {words.onDay(dayText(left.latest, i18n))}
    </>
  );
}

/** Everything that is known of one thing's money: what each source states, who pays, what became of it. */
export function BudgetFacts({ node, call }: { node: Node; call?: Schema<"CallMoney"> }) {
  const i18n = useI18n();
  const words = i18n.t.budget;
  const { breakdown } = node;
  const facts = moneyFacts(node, i18n);
  if (call !== undefined) {
    facts.push({ term: words.left, value: <LeftText left={call.left} /> });
  }
  return (
    <div className="stack">
      {node.stated.length === 0 ? (
        <p className="soft">{words.noFigure}</p>
      ) : (
        <Figures sets={node.stated} />
      )}
      {node.undated > 0 && <p className="small">{words.undated(node.undated)}</p>}
      {breakdown !== null && breakdown.excess_cents !== null && (
        <p>{words.excess(moneyText(breakdown.excess_cents, i18n))}</p>
      )}
      {breakdown !== null && breakdown.silent > 0 && (
        <p className="small">{words.silent(breakdown.silent)}</p>
      )}
      {node.funders.length > 0 && (
        <div>
          <p className="soft small">{words.payers}</p>
          <ul className={css.sources}>
            {node.funders.map(({ programme, share_cents: share, source }) => (
              <li key={programme.slug}>
                <b>
                  <Text of={programme.name} />
                  {share !== null && (
                    <>
                      {" · "}
                      <Money cents={share} />
                    </>
                  )}
                </b>
                {source !== null && (
                  <>
                    <br />
                    <SourceLine source={source} />
                  </>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      {facts.length > 0 && <Facts facts={facts} />}
      {call !== undefined && (
        <p>
          <Link to="/appels/$slug" params={{ slug: call.slug }}>
            <Text of={call.name} />
          </Link>
        </p>
      )}
    </div>
  );
}
