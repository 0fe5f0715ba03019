import { Link } from "@tanstack/react-router";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { dayText, daysText, isoDay, momentText, spanText } from "#i18n/dates.ts";
import { Text, useText } from "#i18n/text.tsx";
import { Figures } from "#ui/figures.tsx";
import { Hero } from "#ui/hero.tsx";
import { Page, Section } from "#ui/page.tsx";
import { RouteLine, type RoutePoint } from "#ui/route-line.tsx";
import { SourceLine } from "#ui/source-line.tsx";
import { Subscribe } from "#ui/subscribe.tsx";
import { RegionMap } from "./region-map.tsx";
import { roadOf } from "./road.ts";
import { StopCard } from "./stop-card.tsx";
import css from "./tour-page.module.css";
import { TourTable } from "./tour-table.tsx";

type Tour = Schema<"TourRead">;

const HOME = "Europe/Paris";

/** An edition: why it goes round, where and when it stops, what is said of it and by whom. */
export function TourPage({
  tour,
  editions,
  region,
  onRegion,
}: {
  tour: Tour;
  editions: readonly Schema<"TourRef">[];
  region: string | null;
  onRegion: (region: string | null) => void;
}) {
  const i18n = useI18n();
  const { t, now } = i18n;
  const say = useText();
  const road = roadOf(tour.stops, now);
  const states = [...road.values()];
  const inferred = tour.stops.filter((stop) => stop.region_inferred).map(({ name }) => say(name));
  const others = editions.filter(({ slug }) => slug !== tour.slug);
  return (
    <Page title={say(tour.name)} fictitious={tour.fictitious}>
      <Hero
        title={<Text of={tour.name} />}
        lead={tour.summary === null ? t.tour.edition(tour.edition) : <Text of={tour.summary} />}
      >
        <TourDates tour={tour} />
      </Hero>
      {tour.purposes.length > 0 && (
        <Section title={t.tour.purposes}>
          <ol className={css.purposes}>
            {tour.purposes.map(({ text }) => (
              <li key={text.fr}>
                <Text of={text} />
              </li>
            ))}
          </ol>
        </Section>
      )}
      <Section title={t.tour.stops(tour.stops.length)}>
        <RegionMap
          stops={tour.stops.map((stop) => ({
            id: stop.slug,
            rank: stop.rank,
            region: stop.region ?? "",
            title: say(stop.name),
            state: road.get(stop.slug) ?? "coming",
            card: <StopCard stop={stop} />,
          }))}
          selected={region}
          onSelect={onRegion}
        />
        {inferred.length > 0 && (
          <p className="soft small">{t.tour.regionInferred(inferred.join(", "))}</p>
        )}
      </Section>
      <Section title={t.tour.road}>
        <Road stops={tour.stops} />
        <TourTable tour={tour} />
      </Section>
      {states.some((state) => state !== "past") && (
        <div className="screen-only">
          <Section title={t.deadlines.subscribe.title}>
            <Subscribe path={`/calendars/tours/${tour.slug}.ics`} lead={t.tour.calendar} />
          </Section>
        </div>
      )}
      {tour.figures.length > 0 && (
        <Section title={t.tour.figures}>
          <p className="soft">{t.tour.figuresHint}</p>
          <Figures sets={tour.figures} />
        </Section>
      )}
      {tour.sources.length > 0 && (
        <Section title={t.tour.sources}>
          <ul className={css.sources}>
            {tour.sources.map((source) => (
              <li key={source.slug}>
                <SourceLine source={source} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {others.length > 0 && (
        <Section title={t.tour.otherEditions}>
          <ul className={css.sources}>
            {others.map(({ slug, name }) => (
              <li key={slug}>
                <Link to="/tour/$edition" params={{ edition: slug }}>
                  <Text of={name} />
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}

function TourDates({ tour: { edition, starts, ends } }: { tour: Tour }) {
  const i18n = useI18n();
  const { t } = i18n;
  const dates =
    starts === null
      ? t.dates.daysNotStated
      : ends === null
        ? momentText(starts, i18n, "long")
        : spanText(starts, ends, i18n, "long");
  return (
    <p>
      <span className="loud">{dates}</span>
      <br />
      <span className="soft">{t.tour.edition(edition)}</span>
    </p>
  );
}

/** The stops in time, with today between them while the tour is on the road. */
function Road({ stops }: { stops: Tour["stops"] }) {
  const i18n = useI18n();
  const { t, now } = i18n;
  const say = useText();
  const road = roadOf(stops, now);
  const points: RoutePoint[] = stops.map(({ slug, name, days }) => ({
    id: slug,
    state: road.get(slug) ?? "coming",
    title: (
      <Link to="/etapes/$slug" params={{ slug }}>
        {say(name)}
      </Link>
    ),
    detail:
      days.length === 0
        ? t.dates.daysNotStated
        : daysText(
            days.map(({ on }) => on),
            i18n,
          ),
  }));
  const states = [...road.values()];
  const next = states.indexOf("next");
  if (next > 0 && !states.includes("now")) {
    const today = dayText(isoDay(now, HOME), i18n);
    points.splice(next, 0, { id: "today", state: "now", title: t.tour.today, detail: today });
  }
  return <RouteLine label={t.tour.road} points={points} />;
}
