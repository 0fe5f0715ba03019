import { Link } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { useText } from "#i18n/text.tsx";
import { Facts } from "#ui/facts.tsx";
import { Section } from "#ui/page.tsx";
import { LeftText, moneyFacts } from "./budget-facts.tsx";

/** What became of a call's money, where anything is known of it; and the way to its programme's. */
export function CallBudget({ call }: { call: Schema<"CallRead"> }) {
  const i18n = useI18n();
  const text = useText();
  const words = i18n.t.budget;
  const { data } = $api.useQuery("get", "/api/v1/calls/{slug}/budget", {
    params: { path: { slug: call.slug } },
  });
  const facts = data === undefined ? [] : moneyFacts(data, i18n);
  if (data !== undefined && facts.length > 0) {
    facts.push({ term: words.left, value: <LeftText left={data.left} /> });
  }
  const { programme } = call;
  return (
    (facts.length > 0 || programme !== null) && (
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
    )
  );
}
