import { Link } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { dayText, isoDay } from "#i18n/dates.ts";
import { pathIn } from "#i18n/locale.ts";
import { useText } from "#i18n/text.tsx";
import { Section } from "#ui/page.tsx";
import { Space } from "./space.tsx";
import { StopGroups } from "./stop-groups.tsx";
import { StopNeeds } from "./stop-needs.tsx";
import { StopOpinions } from "./stop-opinions.tsx";
import { StopPapers } from "./stop-papers.tsx";
import { type Shown, StopPeople } from "./stop-people.tsx";
import { StopRequests } from "./stop-requests.tsx";
import { StopSeats } from "./stop-seats.tsx";

/** An organiser's desk at one stop: its seats, who asks for one, who comes, what they need, and what they said. */
export function StopDeskPage({ slug, shown }: { slug: string; shown: Shown }) {
  const i18n = useI18n();
  const words = i18n.t.desk;
  const textOf = useText();
  const { data: stop } = $api.useSuspenseQuery("get", "/api/v1/stops/{slug}", {
    params: { path: { slug } },
  });
  const [first] = stop.days;
  return (
    <Space title={textOf(stop.name)} lead={words.lead}>
      <nav className="row" aria-label={words.places}>
        {first !== undefined && <span>{dayText(first.on, i18n, "long")}</span>}
        <Link to="/etapes/$slug" params={{ slug }}>
          {words.page}
        </Link>
        <a href={pathIn(i18n.locale, `/pointage/${slug}`)}>{words.welcome}</a>
      </nav>
      <Section title={words.requests.title}>
        <StopRequests stop={stop} />
      </Section>
      <Section title={words.seats.title}>
        <StopSeats sessions={stop.sessions} />
      </Section>
      <Section title={words.groups.title}>
        <StopGroups stop={stop} />
      </Section>
      <Section title={words.needs.title}>
        <StopNeeds slug={slug} />
      </Section>
      <Section title={words.day.title}>
        <StopPapers stop={stop} />
      </Section>
      <Section title={words.people.title}>
        <StopPeople key={shown} stop={stop} shown={shown} />
      </Section>
      {first !== undefined && first.on <= isoDay(i18n.now, stop.zone) && (
        <Section title={words.opinions.title}>
          <StopOpinions slug={slug} />
        </Section>
      )}
    </Space>
  );
}
