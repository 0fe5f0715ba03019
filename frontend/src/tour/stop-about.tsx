import type { ReactNode } from "react";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { dayText, isoDay } from "#i18n/dates.ts";
import { Text } from "#i18n/text.tsx";
import { Figures } from "#ui/figures.tsx";
import { Section } from "#ui/page.tsx";
import { SourceLine } from "#ui/source-line.tsx";
import { Subscribe } from "#ui/subscribe.tsx";
import { CallCards } from "./call-cards.tsx";
import { StopCounts } from "./stop-counts.tsx";
import css from "./stop-about.module.css";
import { venueText } from "./venue-text.ts";

type Stop = Schema<"StopRead">;

/** Where two parts of the page stand, for those that lead to them. */
export const [CALLS, VENUES] = ["appels-presentes", "y-aller"] as const;

/** What surrounds the programme: themes, calls, places, hosts, figures, what followed, whom to ask, sources. */
export function StopAbout({ stop }: { stop: Stop }) {
  const { t, now } = useI18n();
  const { themes, calls, venues, hosts, figures, follow_up: followUp, contact, sources } = stop;
  const isOver = stop.days.every(({ on }) => on < isoDay(now, stop.zone));
  return (
    <>
      {themes.length > 0 && (
        <Section title={t.tour.stop.themes}>
          <Statements statements={themes} />
        </Section>
      )}
      {calls.length > 0 && (
        <div id={CALLS} tabIndex={-1}>
          <Section title={t.tour.stop.calls}>
            <CallCards calls={calls} />
          </Section>
        </div>
      )}
      {venues.length > 0 && (
        <div id={VENUES} tabIndex={-1}>
          <Section title={t.tour.stop.venues}>
            <ul className="columns plain">
              {venues.map((place) => (
                <li key={`${place.venue.slug} ${place.on ?? ""}`}>
                  <Venue place={place} />
                </li>
              ))}
            </ul>
          </Section>
        </div>
      )}
      {hosts.length > 0 && (
        <Section title={t.tour.stop.hosts}>
          <List>
            {hosts.map(({ slug, name, acronym, role }) => (
              <li key={slug}>
                {name}
                {acronym !== null && ` (${acronym})`}{" "}
                <span className="soft">· {t.codes.hostRole[role].toLowerCase()}</span>
              </li>
            ))}
          </List>
        </Section>
      )}
      {contact !== null && (
        <Section title={t.tour.stop.contact}>
          <Person contact={contact} />
        </Section>
      )}
      <ToTake slug={stop.slug} isOver={isOver} />
      {figures.length > 0 && (
        <Section title={t.tour.stop.figures}>
          <Figures sets={figures} />
        </Section>
      )}
      {isOver && <StopCounts slug={stop.slug} />}
      {followUp.length > 0 && (
        <Section title={t.tour.stop.followUp}>
          <Statements statements={followUp} />
        </Section>
      )}
      {sources.length > 0 && (
        <Section title={t.tour.sources}>
          <List>
            {sources.map((source) => (
              <li key={source.slug}>
                <SourceLine source={source} />
              </li>
            ))}
          </List>
        </Section>
      )}
    </>
  );
}

/** What one takes away: its days in one's own calendar, as long as they are to come, and its programme on paper. */
function ToTake({ slug, isOver }: { slug: string; isOver: boolean }) {
  const { t, locale } = useI18n();
  const query = locale === "en" ? "?lang=en" : "";
  return (
    <div className="screen-only">
      <Section title={t.deadlines.subscribe.title}>
        {!isOver && <Subscribe path={`/calendars/stops/${slug}.ics`} lead={t.tour.stop.calendar} />}
        <p className="small">
          <a href={`/sheets/stops/${slug}/poster.pdf${query}`}>{t.tour.stop.poster}</a>
        </p>
      </Section>
    </div>
  );
}

function Statements({ statements }: { statements: readonly Schema<"Statement">[] }) {
  return (
    <List>
      {statements.map(({ text }) => (
        <li key={text.fr}>
          <Text of={text} />
        </li>
      ))}
    </List>
  );
}

function List({ children }: { children: ReactNode }) {
  return <ul className={css.list}>{children}</ul>;
}

function Venue({ place: { on, venue } }: { place: Schema<"StopVenueRead"> }) {
  const i18n = useI18n();
  const { t } = i18n;
  const { address, directions, accessibility } = venue;
  return (
    <div className={css.venue}>
      <h3>{venueText(venue) ?? t.tour.session.where}</h3>
      {on !== null && <p className="soft small">{dayText(on, i18n, "long")}</p>}
      {address !== null && <p>{address}</p>}
      <p>
        {directions === null ? (
          <span className="soft">{t.tour.stop.noDirections}</span>
        ) : (
          <Text of={directions} />
        )}
      </p>
      {accessibility !== null && (
        <p className="small">
          <b>{t.tour.stop.accessibility}</b>
          <br />
          <Text of={accessibility} />
        </p>
      )}
    </div>
  );
}

function Person({ contact: { name, role, email, phone } }: { contact: Schema<"Contact"> }) {
  return (
    <p>
      <b>{name}</b>
      {role !== null && (
        <span className="soft">
          {", "}
          <Text of={role} />
        </span>
      )}
      {email !== null && (
        <>
          <br />
          <a href={`mailto:${email}`}>{email}</a>
        </>
      )}
      {phone !== null && (
        <>
          <br />
          <a href={`tel:${phone.replaceAll(/[^+\d]/g, "")}`}>{phone}</a>
        </>
      )}
    </p>
  );
}
