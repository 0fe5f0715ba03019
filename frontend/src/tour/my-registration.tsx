import { Link } from "@tanstack/react-router";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { dayText, isoDay, timeText, zoneText } from "#i18n/dates.ts";
import { Text } from "#i18n/text.tsx";
import { AnchorButton, Button } from "#ui/button.tsx";
import { Card, CardTitle } from "#ui/card.tsx";
import { Facts } from "#ui/facts.tsx";
import { Hours } from "#ui/moment.tsx";
import { Section } from "#ui/page.tsx";
import { SeatPill } from "./outcome-list.tsx";
import css from "./registration.module.css";
import type { Mode, Session } from "./programme.ts";
import { venueText } from "./venue-text.ts";

type Registration = Schema<"RegistrationRead">;
type Seat = Schema<"SeatRead">;

const HOME = "Europe/Paris";

/** One wish and, while it waits for a chair, the seat had online meanwhile. */
type Held = { seat: Seat; meanwhile: Seat | null };

/** The seats of a registration, by session and in time. */
export function heldOf(seats: readonly Seat[]): Held[] {
  return seats
    .filter(({ is_meanwhile: standIn, status }) => !standIn && status !== "cancelled")
    .toSorted((one, other) => Date.parse(one.starts_at) - Date.parse(other.starts_at))
    .map((seat) => ({
      seat,
      meanwhile:
        seats.find(
          ({ is_meanwhile: standIn, session, status }) =>
            standIn && session === seat.session && status !== "cancelled",
        ) ?? null,
    }));
}

/** What somebody is registered for. `onSwitch` takes the seat of a session on the other side, where there is one. */
export function MyRegistration({
  registration,
  token,
  sessions,
  busy,
  onSwitch,
}: {
  registration: Registration;
  token: string;
  sessions: readonly Session[];
  busy: boolean;
  onSwitch: ((session: string, mode: Mode) => void) | null;
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
      {held.some(({ seat }) => seat.mode === "on_site") && <Ticket token={token} />}
      <Section title={words.seats}>
        {registration.together && held.some(({ seat }) => seat.status === "waiting") && (
          <p>{words.together}</p>
        )}
        {held.map((each) => (
          <HeldSeat
            key={each.seat.session}
            held={each}
            zone={stop.zone}
            session={sessions.find(({ slug }) => slug === each.seat.session)}
            busy={busy}
            onSwitch={onSwitch}
          />
        ))}
        <div className="row">
          <AnchorButton
            href={`/api/v1/registrations/${token}/calendar.ics`}
            look="secondary"
            download
          >
            {words.calendar}
          </AnchorButton>
          <Link to="/etapes/$slug" params={{ slug: stop.slug }}>
            {words.stop}
          </Link>
        </div>
      </Section>
    </>
  );
}

/** What is shown at the door. It opens nothing: a picture of it may be printed or sent. */
function Ticket({ token }: { token: string }) {
  const { t } = useI18n();
  const words = t.registration.mine.ticket;
  const picture = `/api/v1/registrations/${token}/ticket.svg`;
  return (
    <Section title={words.title}>
      <div className={css.ticket}>
        <img src={picture} alt={words.alt} width={220} height={220} />
        <div className="stack">
          <p>{words.hint}</p>
          <p>
            <a href={picture} download="billet.svg">
              {words.download}
            </a>
          </p>
        </div>
      </div>
    </Section>
  );
}

function HeldSeat({
  held: { seat, meanwhile },
  zone,
  session,
  busy,
  onSwitch,
}: {
  held: Held;
  zone: string;
  session: Session | undefined;
  busy: boolean;
  onSwitch: ((session: string, mode: Mode) => void) | null;
}) {
  const i18n = useI18n();
  const { t } = i18n;
  const {
    mode,
    status,
    rank,
    chance,
    held_until: until,
    starts_at: start,
    ends_at: end,
    room,
    venue,
    kind,
  } = seat;
  const other: Mode = mode === "online" ? "on_site" : "online";
  const canSwitch = session?.seats.some((pool) => pool.mode === other) === true;
  const place = [room, venueText(venue)].filter((words) => words !== null).join(", ");
  return (
    <Card as="article">
      <p className="small soft">
        {dayText(isoDay(new Date(start), zone), i18n, "long")},{" "}
        <Hours start={start} end={end} zone={zone} />
        {zone !== HOME && ` (${zoneText(zone, i18n)})`} · {t.codes.sessionKind[kind]}
      </p>
      <CardTitle>
        <Text of={seat.title} />
      </CardTitle>
      <p className="row">
        <SeatPill status={status} rank={rank} />
        <span className="small">
          {t.codes.mode[mode].toLowerCase()}
          {until !== null && (
            <>
              {` · ${t.registration.mine.heldUntil} `}
              <InstantOf at={until} zone={zone} />
            </>
          )}
          {mode === "on_site" && place !== "" && ` · ${place}`}
        </span>
      </p>
      {chance !== null && (
        <p className="small soft">{t.registration.mine.chance(chance.stops, chance.share)}</p>
      )}
      {meanwhile !== null && (
        <p className="row">
          <SeatPill status={meanwhile.status} rank={meanwhile.rank} />
          <span className="small">{t.registration.outcome.meanwhile}</span>
        </p>
      )}
      <Join seat={meanwhile ?? seat} />
      {canSwitch && onSwitch !== null && (
        <p>
          <Button look="plain" busy={busy} onClick={() => onSwitch(seat.session, other)}>
            {other === "online" ? t.registration.mine.toOnline : t.registration.mine.toOnSite}
            <span className="hidden">
              , <Text of={seat.title} />
            </span>
          </Button>
        </p>
      )}
    </Card>
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

/** A day and an hour, on the clocks of the place. */
export function InstantOf({ at, zone }: { at: string; zone: string }) {
  const i18n = useI18n();
  return (
    <time dateTime={at}>
      {dayText(isoDay(new Date(at), zone), i18n, "long")}, {timeText(at, zone, i18n)}
    </time>
  );
}
