import { Link } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { useText } from "#i18n/text.tsx";
import { type Fact, Facts } from "#ui/facts.tsx";
import { Section } from "#ui/page.tsx";
import { LeftText, moneyFacts } from "./budget-facts.tsx";

const PLACE = "argent";

function useMoney({ slug }: Schema<"CallRead">) {
  return $api.useQuery("get", "/api/v1/calls/{slug}/budget", { params: { path: { slug } } });
}

/** What is left of a call that one may still answer; where that is not said, the way to why. */
export function useLeft(call: Schema<"CallRead">): Fact[] {
  const { t } = useI18n();
  const { data } = useMoney(call);
  if (data === undefined || (call.state !== "open" && call.state !== "closing")) {
    return [];
  }
  const { left } = data;
  const why = (
    <>
      {t.ui.notStated}{" "}
      <a className="small" href={`#${PLACE}`}>
        {t.budget.whyUnsaid}
      </a>
    </>
  );
  return [{ term: t.budget.left, value: left.cents === null ? why : <LeftText left={left} /> }];
}

/** What became of a call's money and what is left of it, or why nobody can say; and the way to its programme's. */
export function CallBudget({ call }: { call: Schema<"CallRead"> }) {
  const i18n = useI18n();
  const text = useText();
  const words = i18n.t.budget;
  const { data } = useMoney(call);
  const facts = data === undefined ? [] : moneyFacts(data, i18n);
  if (data !== undefined) {
    if (data.awarded === null && data.left.unsaid === "competitive") {
      facts.push({ term: words.kinds.awarded, value: i18n.t.ui.notStated });
    }
    facts.push({ term: words.left, value: <LeftText left={data.left} /> });
  }
  const { programme } = call;
  return (
    (facts.length > 0 || programme !== null) && (
      <div id={PLACE} tabIndex={-1}>
        <Section title={words.ofCall}>
          {facts.length > 0 && <Facts facts={facts} />}
          {programme !== null && (
            <p>
              <Link to="/budgets/$programme" params={{ programme: programme.slug }}>
                {words.programme(text(programme.name))}
              </Link>
            </p>
          )}
        </Section>
      </div>
    )
  );
}
