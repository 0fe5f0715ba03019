import { Link } from "@tanstack/react-router";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { Card, CardTitle } from "#ui/card.tsx";
import { figureText } from "#ui/figure-text.ts";
import { Page } from "#ui/page.tsx";
import css from "./budget.module.css";

/** The programmes that have money, each with what is announced for it and the way to where it is. */
export function BudgetsPage({ programmes }: { programmes: readonly Schema<"ProgrammeSummary">[] }) {
  const i18n = useI18n();
  const words = i18n.t.budget;
  return (
    <Page
      title={words.all}
      head={
        <div className="stack">
          <h1>{words.all}</h1>
          <p className="lead">{words.allLead}</p>
        </div>
      }
    >
      <ul className={css.programmes}>
        {programmes.map(({ slug, name, summary, figures, fictitious }) => {
          const budget = figures.find(({ key }) => key === "budget");
          return (
            <Card as="li" key={slug}>
              <CardTitle as="h2">
                <Link to="/budgets/$programme" params={{ programme: slug }}>
                  <Text of={name} />
                </Link>
              </CardTitle>
              <p className={budget === undefined ? "soft" : "loud"}>
                {budget === undefined ? i18n.t.ui.notStated : figureText(budget.headline, i18n)}
              </p>
              {summary !== null && (
                <p>
                  <Text of={summary} />
                </p>
              )}
              {fictitious && <p className="small">{i18n.t.ui.fictitious}</p>}
            </Card>
          );
        })}
      </ul>
    </Page>
  );
}
