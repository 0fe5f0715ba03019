import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { Money } from "#ui/money.tsx";
import { Section } from "#ui/page.tsx";
import { Table } from "#ui/table.tsx";
import css from "./call-page.module.css";
import { Statements } from "./sources.tsx";

type Call = Schema<"CallRead">;

/** What a call funds beside what it does not. A part without a sentence is not drawn. */
export function CallScope({ call }: { call: Call }) {
  const { t } = useI18n();
  return (
    call.funds.length + call.excludes.length > 0 && (
      <div className="columns">
        {call.funds.length > 0 && (
          <Section title={t.call.funds}>
            <Statements mark="yes" of={call.funds} />
          </Section>
        )}
        {call.excludes.length > 0 && (
          <Section title={t.call.excludes}>
            <Statements mark="no" of={call.excludes} />
          </Section>
        )}
      </div>
    )
  );
}

/** The rules of a call, as far as its sources state them. */
export function CallRules({ call }: { call: Call }) {
  const { t } = useI18n();
  return (
    <>
      {call.conditions.length > 0 && (
        <Section title={t.call.conditions}>
          <Statements of={call.conditions} />
        </Section>
      )}
      {call.rates.length > 0 && (
        <Section title={t.call.rates.title}>
          <Rates rates={call.rates} />
        </Section>
      )}
      {call.costs.length > 0 && (
        <Section title={t.call.costs}>
          <Statements of={call.costs} />
        </Section>
      )}
    </>
  );
}

function Rates({ rates }: { rates: Call["rates"] }) {
  const { t } = useI18n();
  const words = t.call.rates;
  return (
    <Table look={css.table}>
      <caption className="hidden">{words.title}</caption>
      <thead>
        <tr>
          <th scope="col">{words.whom}</th>
          <th scope="col">{words.rate}</th>
          <th scope="col">{words.ceiling}</th>
        </tr>
      </thead>
      <tbody>
        {rates.map(({ label, percent, ceiling_cents: ceiling }) => (
          <tr key={label.fr}>
            <th scope="row">
              <Text of={label} />
            </th>
            <td>{t.ui.percent(String(percent))}</td>
            <td>{ceiling === null ? t.ui.notStated : <Money cents={ceiling} />}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
