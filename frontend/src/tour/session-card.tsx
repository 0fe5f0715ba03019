import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { dayText, isoDay, timeText, zoneText } from "#i18n/dates.ts";
import { Text } from "#i18n/text.tsx";
import { Card, CardTitle } from "#ui/card.tsx";
import { Hours } from "#ui/moment.tsx";
import { SeatMeter } from "#ui/seat-meter.tsx";
import { Abbr } from "#ui/words.tsx";
import { CallName } from "./call-name.tsx";
import type { Mode, Session } from "./programme.ts";
import { Replay } from "./replay.tsx";
import { venueText } from "./venue-text.ts";
import css from "./session-card.module.css";

/** What a card of the programme needs to let one choose it: the way chosen, and how to choose or give up. */
export type Pick = { mode: Mode | null; onPick: (mode: Mode | null) => void };

/** A session as the programme tells it: when, what, where, who may come, who speaks, and the seats left, honestly. */
export function SessionCard({
  session,
  zone,
  title,
  pick,
}: {
  session: Session;
  zone: string;
  title: "h3" | "h4";
  pick: Pick | null;
}) {
  const { t } = useI18n();
  const { kind, count, description, appearances, calls } = session;
  return (
    <Card as="article" current={pick !== null && pick.mode !== null}>
      <p className="small soft">
        <SessionTime session={session} zone={zone} />
        {t.codes.sessionKind[kind]}
        {count > 1 && ` · ${t.tour.session.several(count)}`}
      </p>
      <CardTitle as={title}>
        <Text of={session.title} />
      </CardTitle>
      {description !== null && (
        <p>
          <Text of={description} />
        </p>
      )}
      <Practical session={session} zone={zone} />
      <Speakers appearances={appearances} />
      {calls.length > 0 && (
        <p className="small">
          {t.tour.session.calls}{" "}
          {calls.map((call, at) => (
            <span key={call.slug}>
              {at > 0 && ", "}
              <CallName call={call} />
            </span>
          ))}
        </p>
      )}
      <Replay session={session} />
      <Seats session={session} />
      {pick !== null && <ModeToggles session={session} pick={pick} />}
    </Card>
  );
}

/** The hours of a session, or the part of the day; that neither is known is said once for the day. */
function SessionTime({ session, zone }: { session: Session; zone: string }) {
  const { t } = useI18n();
  const { starts_at: start, ends_at: end, part } = session;
  if (start !== null) {
    return (
      <>
        <Hours start={start} end={end} zone={zone} />
        {" · "}
      </>
    );
  }
  return part === null ? null : `${t.codes.part[part]} · `;
}

function Practical({ session, zone }: { session: Session; zone: string }) {
  const i18n = useI18n();
  const { t, now } = i18n;
  const { room, venue, access, list_closes_at: closes, needs_identity: identity } = session;
  const place = [room, venueText(venue)].filter((words) => words !== null).join(", ");
  return (
    <ul className={css.practical}>
      <li>{place === "" ? <span className="soft">{t.tour.session.where}</span> : place}</li>
      <li data-access={access}>{t.codes.access[access]}</li>
      {closes !== null && (
        <li>
          {Date.parse(closes) > now.getTime()
            ? t.tour.session.listCloses
            : t.tour.session.listClosed}{" "}
          <time dateTime={closes}>
            {dayText(isoDay(new Date(closes), zone), i18n)}, {timeText(closes, zone, i18n)} (
            {zoneText(zone, i18n)})
          </time>
        </li>
      )}
      {identity && <li>{t.tour.session.identity}</li>}
    </ul>
  );
}

/** Who speaks, each in their role. */
export function Speakers({ appearances }: { appearances: Session["appearances"] }) {
  const { t } = useI18n();
  return (
    appearances.length > 0 && (
      <ul className={css.speakers} aria-label={t.tour.session.speakers}>
        {appearances.map(({ person, role, organisation, moderates }) => (
          <li key={person}>
            <b>{person}</b>
            <span className="soft">
              {role !== null && (
                <>
                  {", "}
                  <Text of={role} />
                </>
              )}
              {organisation !== null && (
                <>
                  {", "}
                  <Body body={organisation} />
                </>
              )}
              {moderates && ` (${t.tour.session.moderates})`}
            </span>
          </li>
        ))}
      </ul>
    )
  );
}

function Body({ body: { name, acronym } }: { body: Schema<"BodyRead"> }) {
  return acronym === null ? name : <Abbr short={acronym} long={name} />;
}

/** The seats that anybody may ask for; those of invited people are nobody else's business. */
function Seats({ session: { access, seats } }: { session: Session }) {
  const { t } = useI18n();
  if (access !== "open" && access !== "on_request") {
    return null;
  }
  return seats.map(({ mode, capacity, left, waiting }) => (
    <SeatMeter
      key={mode}
      label={t.codes.mode[mode]}
      capacity={capacity}
      taken={(capacity ?? 0) - (left ?? 0)}
      waiting={waiting}
    />
  ));
}

/** One press chooses a way to attend, another gives it up; the form beside says the same. */
function ModeToggles({ session, pick }: { session: Session; pick: Pick }) {
  const { t } = useI18n();
  return (
    <div className={css.toggles} role="group" aria-label={t.tour.session.pick}>
      {session.seats.map(({ mode, left }) => {
        const chosen = pick.mode === mode;
        return (
          <button
            key={mode}
            type="button"
            className={css.toggle}
            aria-pressed={chosen}
            onClick={() => pick.onPick(chosen ? null : mode)}
          >
            <span aria-hidden="true">{chosen ? "✓" : "+"}</span>{" "}
            {left === 0 ? t.tour.session.waitFor[mode] : t.codes.mode[mode]}
          </button>
        );
      })}
    </div>
  );
}
