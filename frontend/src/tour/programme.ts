import type { Schema } from "#api/schemas.ts";
import { isoDay } from "#i18n/dates.ts";

export type Session = Schema<"SessionRead">;
export type Mode = Schema<"Mode">;

/** What a visitor wants: a way to attend, by the slug of the session. */
export type Choices = Readonly<Record<string, Mode>>;

/** A choice made or given up. */
export function chosen(choices: Choices, session: string, mode: Mode | null): Choices {
  const { [session]: _, ...others } = choices;
  return mode === null ? others : { ...others, [session]: mode };
}

/** One day of the programme; `on` is null for what the sources place on no day. Each slot holds what happens at once. */
export type ProgrammeDay = { on: string | null; slots: readonly (readonly Session[])[] };

const PARTS = ["morning", "afternoon", "evening"];

type Timed = Session & { starts_at: string; ends_at: string };

function isTimed(session: Session): session is Timed {
  return session.starts_at !== null && session.ends_at !== null;
}

function dayOf({ on, starts_at: start }: Session, zone: string): string | null {
  return on ?? (start === null ? null : isoDay(new Date(start), zone));
}

/** By the hour where it is stated, else by the part of the day, else as the programme lists them. */
function inOrder(one: Session, other: Session): number {
  if (one.starts_at !== null && other.starts_at !== null) {
    return Date.parse(one.starts_at) - Date.parse(other.starts_at);
  }
  return PARTS.indexOf(one.part ?? "") - PARTS.indexOf(other.part ?? "");
}

/** Sessions whose hours meet share a slot; those without hours stand alone, since nothing says what is at once. */
function slotsOf(sessions: readonly Session[]): Session[][] {
  const slots: Session[][] = [];
  let end = -Infinity;
  for (const session of sessions) {
    const slot = slots.at(-1);
    const start = isTimed(session) ? Date.parse(session.starts_at) : Infinity;
    if (slot !== undefined && start < end) {
      slot.push(session);
    } else {
      slots.push([session]);
      end = -Infinity;
    }
    if (isTimed(session)) {
      end = Math.max(end, Date.parse(session.ends_at));
    }
  }
  return slots;
}

/** The programme of a stop, day by day in the zone of the place; what has no day comes last. */
export function programmeOf(sessions: readonly Session[], zone: string): ProgrammeDay[] {
  const days = new Map<string | null, Session[]>();
  for (const session of sessions) {
    const on = dayOf(session, zone);
    days.set(on, [...(days.get(on) ?? []), session]);
  }
  return [...days]
    .toSorted(([one], [other]) => (one ?? "9999").localeCompare(other ?? "9999"))
    .map(([on, items]) => ({ on, slots: slotsOf(items.toSorted(inOrder)) }));
}

/** When a day begins and ends, if hours are stated. */
export function hoursOf({ slots }: ProgrammeDay): { start: string; end: string } | null {
  const timed = slots.flat().filter(isTimed);
  const [first] = timed;
  if (first === undefined) {
    return null;
  }
  const end = timed.reduce(
    (last, { ends_at: at }) => (Date.parse(at) > Date.parse(last) ? at : last),
    first.ends_at,
  );
  return { start: first.starts_at, end };
}

/** The pairs of chosen sessions that take place at the same time. One that ends as the other begins does not count. */
export function overlapsOf(sessions: readonly Session[], choices: Choices): [Session, Session][] {
  const wanted = sessions.filter(({ slug }) => slug in choices).filter(isTimed);
  return wanted.flatMap((one, at) =>
    wanted
      .slice(at + 1)
      .filter(
        (other) =>
          Date.parse(one.starts_at) < Date.parse(other.ends_at) &&
          Date.parse(other.starts_at) < Date.parse(one.ends_at),
      )
      .map((other): [Session, Session] => [one, other]),
  );
}

/** Two sessions on site in two places, one after the other, and the minutes between and on the way; `needed` null: not stated. */
export type Way = { pair: readonly [Session, Session]; minutes: number; needed: number | null };

const MINUTE = 60_000;
const NIGHT_MINUTES = 12 * 60;

/** The ways for which chosen sessions leave too little time. Where no time is stated, another city the same day is told. */
export function waysOf(
  { sessions, travel_minutes: needed }: Pick<Schema<"StopRead">, "sessions" | "travel_minutes">,
  choices: Choices,
): Way[] {
  const onSite = sessions
    .filter(({ slug }) => choices[slug] === "on_site")
    .filter(isTimed)
    .toSorted((one, other) => Date.parse(one.starts_at) - Date.parse(other.starts_at));
  return onSite.flatMap((one, at): Way[] => {
    const next = onSite[at + 1];
    if (next === undefined || one.venue === null || next.venue === null) {
      return [];
    }
    const minutes = (Date.parse(next.starts_at) - Date.parse(one.ends_at)) / MINUTE;
    const isElsewhere =
      one.venue.city !== null && next.venue.city !== null && one.venue.city !== next.venue.city;
    const isTooFar = needed === null ? isElsewhere && minutes < NIGHT_MINUTES : minutes < needed;
    return one.venue.slug !== next.venue.slug && minutes >= 0 && isTooFar
      ? [{ pair: [one, next], minutes, needed }]
      : [];
  });
}

/** Whether anybody may ask for a seat there now. The server judges again when they do. */
export function isBookable(session: Session, now: Date): boolean {
  const { access, seats, list_closes_at: closes } = session;
  return (
    seats.length > 0 &&
    (access === "open" || access === "on_request") &&
    isTimed(session) &&
    Date.parse(closes ?? session.starts_at) > now.getTime() &&
    Date.parse(session.starts_at) > now.getTime()
  );
}

/** What begins next, the first of it where several do at once; null once all has begun. */
export function comingOf(sessions: readonly Session[], now: Date): Timed | null {
  const coming = sessions
    .filter(isTimed)
    .filter(({ starts_at: at }) => Date.parse(at) > now.getTime());
  return coming.toSorted(inOrder)[0] ?? null;
}

/** In how many of the sessions that one may still ask for seats are left, by mode. */
export type Room = { mode: Mode; free: number; all: number };

/** The room of a stop, mode by mode. Seats of several sessions are not added up: nobody sits on all of them. */
export function roomOf(sessions: readonly Session[], now: Date): Room[] {
  const pools = sessions
    .filter((session) => isBookable(session, now))
    .flatMap(({ seats }) => seats);
  return (["on_site", "online"] as const).flatMap((wanted) => {
    const all = pools.filter(({ mode }) => mode === wanted);
    const free = all.filter(({ left }) => left !== 0).length;
    return all.length === 0 ? [] : [{ mode: wanted, free, all: all.length }];
  });
}

/** Whether a chosen seat would have to be waited for. */
export function isFull(session: Session, mode: Mode): boolean {
  return session.seats.some((seats) => seats.mode === mode && seats.left === 0);
}
