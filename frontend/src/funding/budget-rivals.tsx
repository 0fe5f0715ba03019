import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { countSources, figureText } from "#ui/figure-text.ts";
import { Claims, labelOf, Why } from "#ui/figures.tsx";
import { Section } from "#ui/page.tsx";
import css from "./budget.module.css";

/** What sources do not say alike about a programme and its envelopes, with an editor's sentence why. */
export function BudgetRivals({ budget }: { budget: Schema<"Budget"> }) {
  const i18n = useI18n();
  const rivals = [budget, ...budget.envelopes].flatMap((thing) =>
    thing.stated
      .filter(({ relation }) => relation !== null)
      .map((set) => ({ thing, set, values: [set.headline, ...set.others] })),
  );
  return (
    rivals.length > 0 && (
      <Section title={i18n.t.budget.differ}>
        <ul className={css.entries}>
          {rivals.map(({ thing, set, values }) => (
            <li key={`${thing.slug} ${set.key}`}>
              <p>
                <b>{[...new Set(values.map((figure) => figureText(figure, i18n)))].join(" / ")}</b>{" "}
                · <Text of={thing.name} />
              </p>
              <Why set={set} />
              <details className="small unfolded">
                <summary>{i18n.t.ui.sources(countSources(set))}</summary>
                <Claims set={set} label={labelOf(set, i18n)} />
              </details>
            </li>
          ))}
        </ul>
      </Section>
    )
  );
}
