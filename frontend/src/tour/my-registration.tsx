import { Link } from "@tanstack/react-router";
import { useI18n } from "#i18n/context.tsx";
import { dayText, isoDay } from "#i18n/dates.ts";
import { Text } from "#i18n/text.tsx";
import { AnchorButton } from "#ui/button.tsx";
import { Card, CardTitle } from "#ui/card.tsx";
import { Facts } from "#ui/facts.tsx";
import { Hours } from "#ui/moment.tsx";
import { Section } from "#ui/page.tsx";
import { Pill } from "#ui/pill.tsx";
import { Clock, InstantOf, OwnHours } from "./clock.tsx";
import { type Held, heldOf, type Registration, type Seat } from "./held.ts";
import { SeatPill } from "./outcome-list.tsx";
import { isBookable, type Session } from "./programme.ts";
import { SwitchSeat } from "./switch-seat.tsx";
import { venueText } from "./venue-text.ts";

/** What somebody is registered for, how each seat stands and what comes next. */
export function MyRegistration({
  registration,
  token,
  sessions,
}: {
  registration: Registration;
  token: string;
  sessions: readonly Session[];
}) {
  const { t } = useI18n();
  const words = t.registration.mine;
  const { name, email, organisation, stop, seats } = registration;
  const held = heldOf(seats);
  return (
    <>
      <Facts
        facts={[
          { term: words.for, value: organisation === null ? name : `${name}, ${organisation}` },
          { term: t.registration.email, value: email },
        ]}
      />
      <Section title={words.seats}>
        {registration.together && held.some(({ seat }) => seat.status === "waiting") && (
          <p>{words.together}</p>
        )}
        {held.map((each) => (
          <HeldSeat
            key={each.seat.session}
            held={each}
            registration={registration}
            token={token}
            session={sessions.find(({ slug }) => slug === each.seat.session)}
          />
        ))}
        <div className="row">
          {registration.changeable && (
            <AnchorButton
              href={`/api/v1/registrations/${token}/calendar.ics`}
              look="secondary"
              download
            >
              {words.calendar}
            </AnchorButton>
          )}
          <Link to="/etapes/$slug" params={{ slug: stop.slug }}>
            {words.stop}
          </Link>
        </div>
      </Section>
    </>
  );
}

function HeldSeat({
  held,
  registration,
  token,
  session,
}: {
  held: Held;
  registration: Registration;
  token: string;
  session: Session | undefined;
}) {
  const i18n = useI18n();
  const { t, now } = i18n;
  const { seat, meanwhile } = held;
  const { mode, status, held_until: until, starts_at: start, ends_at: end, room, venue } = seat;
  const { zone, status: stopStatus } = registration.stop;
  const takesPlace = seat.session_status === "scheduled" && stopStatus === "scheduled";
  const words = t.registration.mine;
  const attended = meanwhile ?? seat;
  const canSwitch =
    takesPlace && session !== undefined && session.seats.length > 1 && isBookable(session, now);
  const place = [room, venueText(venue)].filter((part) => part !== null).join(", ");
  return (
    <Card as="article">
      <p className="small soft">
        {dayText(isoDay(new Date(start), zone), i18n, "long")},{" "}
        <Hours start={start} end={end} zone={zone} />
        <Clock at={start} zone={zone} /> · {t.codes.sessionKind[seat.kind]}
      </p>
      <CardTitle>
        <Text of={seat.title} />
      </CardTitle>
      {attended.mode === "online" && <OwnHours start={start} end={end} zone={zone} />}
      <p className="row">
        {seat.session_status !== "scheduled" && (
          <Pill tone="alarm">{t.codes.stopStatus[seat.session_status]}</Pill>
        )}
        <SeatPill status={status} rank={seat.rank} />
        <span className="small">
          {t.codes.mode[mode].toLowerCase()}
          {until !== null && (
            <>
              {` · ${words.heldUntil} `}
              <InstantOf at={until} zone={zone} />
            </>
          )}
          {mode === "on_site" && place !== "" && ` · ${place}`}
        </span>
      </p>
      {meanwhile !== null && (
        <p className="row">
          <SeatPill status={meanwhile.status} rank={meanwhile.rank} />
          <span className="small">{t.registration.outcome.meanwhile}</span>
        </p>
      )}
      <Next seat={seat} registration={registration} />
      <Join seat={attended} />
      {canSwitch && <SwitchSeat token={token} held={held} session={session} />}
    </Card>
  );
}

/** What is to come of a seat that is not had yet, and how likely. */
function Next({
  seat: { status, chance, session_status: session },
  registration: { needs_proof: unproved, promote_until_hours: hours, together },
}: {
  seat: Seat;
  registration: Registration;
}) {
  const { t } = useI18n();
  const words = t.registration.mine;
  const { hours: limits, hoursOther } = t.registration.ifFull;
  return (
    <>
      {session === "postponed" && <p className="small soft">{words.next.postponed}</p>}
      {status === "requested" && <p className="small soft">{words.next.requested}</p>}
      {status === "waiting" && !unproved && !together && (
        <p className="small soft">{words.next.waiting(limits[hours] ?? hoursOther(hours))}</p>
      )}
      {chance !== null && <p className="small soft">{words.chance(chance.stops, chance.share)}</p>}
    </>
  );
}

function Join({ seat: { mode, status, join_url: url } }: { seat: Seat }) {
  const { t } = useI18n();
  if (mode !== "online" || status !== "confirmed") {
    return null;
  }
  return (
    <p>
      {url === null ? (
        <span className="soft">{t.registration.mine.joinLater}</span>
      ) : (
        <a href={url} rel="noreferrer">
          {t.registration.mine.join}
        </a>
      )}
    </p>
  );
}
