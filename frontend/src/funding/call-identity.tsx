import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { type Fact, Facts } from "#ui/facts.tsx";
import { Money, MoneyRange } from "#ui/money.tsx";
import { Budget, ratesText } from "./call-facts.tsx";
import { useLeft } from "./call-budget.tsx";
import { type LabelOf, NATIONWIDE, useLabels } from "./labels.ts";
import { SourceRef } from "./sources.tsx";

type Call = Schema<"CallRead">;

/** The money of a call: how much, at what rate, out of what envelope, paid by whom. */
export function CallMoney({ call }: { call: Call }) {
  const i18n = useI18n();
  const { facts } = i18n.t.funding;
  const { notStated } = i18n.t.ui;
  const left = useLeft(call);
  return (
    <Facts
      look="grid"
      facts={[
        {
          term: facts.amount,
          value: <MoneyRange min={call.amount_min_cents} max={call.amount_max_cents} />,
        },
        { term: facts.rate, value: ratesText(call.rates, i18n) ?? notStated },
        {
          term: facts.budget,
          value:
            call.budget === null ? notStated : <Budget slug={call.slug} budget={call.budget} />,
        },
        {
          term: facts.payers,
          value: call.funders.length > 0 ? <Payers funders={call.funders} /> : notStated,
        },
        ...left,
      ]}
    />
  );
}

/** Who pays, and how much of it where that is stated. */
function Payers({ funders }: Pick<Call, "funders">) {
  return funders.map(({ programme, share_cents: share, source }, at) => (
    <span key={programme.slug}>
      {at > 0 && " + "}
      <Text of={programme.name} />
      {share !== null && (
        <>
          {" "}
          (<Money cents={share} />)
        </>
      )}
      {source !== null && (
        <>
          {" "}
          <SourceRef slug={source.slug} />
        </>
      )}
    </span>
  ));
}

function listed(labelOf: LabelOf, filter: Parameters<LabelOf>[0], values: readonly string[]) {
  return values.map((value) => labelOf(filter, value)).join(", ");
}

/** Whom the call is for: applicants, stage, form of the aid, place, themes, who runs it. */
export function CallIdentity({ call }: { call: Call }) {
  const { t } = useI18n();
  const { labelOf } = useLabels();
  const { facts } = t.funding;
  const rows: [string, string][] = [
    [facts.applicants, listed(labelOf, "applicant", call.applicants)],
    [facts.stages, listed(labelOf, "stage", call.stages)],
    [facts.aids, listed(labelOf, "aid", call.aids)],
    [facts.regions, listed(labelOf, "region", call.regions) || labelOf("region", NATIONWIDE)],
    [facts.themes, listed(labelOf, "theme", call.themes)],
    [facts.recurrence, call.recurrence === null ? "" : t.codes.recurrence[call.recurrence]],
    [facts.operator, call.operator?.name ?? ""],
  ];
  const told: Fact[] = rows
    .filter(([, value]) => value !== "")
    .map(([term, value]) => ({ term, value }));
  const untold = rows.filter(([, value]) => value === "").map(([term]) => term);
  if (untold.length > 0) {
    told.push({ term: facts.untold, value: <span className="soft">{untold.join(", ")}</span> });
  }
  return <Facts look="list" facts={told} />;
}
