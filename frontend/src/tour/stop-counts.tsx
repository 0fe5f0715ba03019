import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { Facts } from "#ui/facts.tsx";
import { Section } from "#ui/page.tsx";

/** How many people came to a stop that is over, as counted here; it stands beside what sources state, apart. */
export function StopCounts({ slug }: { slug: string }) {
  const { t } = useI18n();
  const words = t.tour.stop.counted;
  const { data } = $api.useQuery("get", "/api/v1/stops/{slug}/attendance", {
    params: { path: { slug } },
  });
  const counts = [
    { term: words.registered, value: data?.registered },
    { term: words.confirmed, value: data?.confirmed },
    { term: words.arrived, value: data?.arrived },
  ];
  const facts = counts.flatMap(({ term, value }) =>
    value === null || value === undefined ? [] : [{ term, value: `${value}` }],
  );
  return (
    facts.length > 0 && (
      <Section title={words.title}>
        <Facts facts={facts} />
      </Section>
    )
  );
}
