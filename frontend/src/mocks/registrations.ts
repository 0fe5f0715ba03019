/** Registrations kept in memory, with the API's main rules: overlaps, full sessions, ranks, online meanwhile. */
import type { components } from "../api/generated/schema.ts";
import { problem } from "./problems.ts";

type Schemas = components["schemas"];
type Stop = Schemas["StopRead"];
type Wishes = Schemas["RegistrationChange"];
type Outcome = Schemas["RegistrationOutcome"];
type Registration = Schemas["RegistrationRead"];

/** Either what came of it, or why not. */
type Judged = { outcome: Outcome } | { refusal: Schemas["Problem"] };

/** Judges the wishes for a stop and, unless simulated, takes the seats. */
export function judge(stop: Stop, wishes: Wishes, simulated: boolean): Judged {
  if (wishes.seats.length === 0) {
    const errors = [{ pointer: "/seats", detail: "Il en faut au moins 1." }];
    return { refusal: problem(422, "invalid", "À corriger", "Rien n’est enregistré.", errors) };
  }
  const wanted = wishes.seats.flatMap(({ session, mode }) => {
    const found = stop.sessions.find(({ slug }) => slug === session);
    const pool = found?.seats.find((seats) => seats.mode === mode);
    return found === undefined || pool === undefined ? [] : [{ found, pool }];
  });
  const times = wanted.map(({ found }) => found);
  const overlaps = times.flatMap((one, index) =>
    times
      .slice(index + 1)
      .filter(
        (other) =>
          (one.starts_at ?? "") < (other.ends_at ?? "") &&
          (other.starts_at ?? "") < (one.ends_at ?? ""),
      )
      .map((other) => ({ sessions: [one.slug, other.slug] })),
  );
  if (overlaps.length > 0 && !wishes.overlaps_accepted) {
    const detail = "Deux séances ont lieu en même temps (overlaps_accepted).";
    return { refusal: problem(409, "sessions-overlap", "Séances simultanées", detail) };
  }
  const full = wanted.filter(({ pool }) => pool.left === 0);
  if (full.length > 0 && wishes.if_full === "refuse") {
    const detail = "Plus de place (if_full: wait).";
    return {
      refusal: {
        ...problem(409, "session-full", "Séance complète", detail),
        sessions: full.map(({ found }) => found.slug),
      },
    };
  }
  const seats = wanted.map(({ found, pool }): Schemas["SeatOutcome"] => {
    const waits = pool.left === 0;
    const asks = found.access === "on_request";
    const seat: Schemas["SeatOutcome"] = {
      session: found.slug,
      mode: pool.mode,
      status: waits ? "waiting" : asks ? "requested" : "confirmed",
      rank: waits ? pool.waiting + 1 : null,
      online_meanwhile:
        waits && wishes.online_meanwhile && found.seats.some(({ mode }) => mode === "online"),
    };
    if (!simulated) {
      pool.waiting += waits ? 1 : 0;
      pool.left = pool.left === null || waits ? pool.left : pool.left - 1;
    }
    return seat;
  });
  return {
    outcome: { stop: stop.slug, simulated, proof_hours: null, seats, overlaps, travels: [] },
  };
}

/** The wishes of a registration, with one session attended the other way. */
export function switched(
  { seats, online_meanwhile, promote_until_hours, together }: Registration,
  slug: string,
  mode: Schemas["Mode"],
): Wishes {
  return {
    seats: seats
      .filter(({ is_meanwhile: standIn }) => !standIn)
      .map((seat) => ({
        session: seat.session,
        mode: seat.session === slug ? mode : seat.mode,
      })),
    if_full: "wait",
    overlaps_accepted: true,
    online_meanwhile,
    promote_until_hours,
    together,
  };
}

/** What the link opens, as the API reads it back. */
export function seatsOf(stop: Stop, outcome: Outcome): Registration["seats"] {
  return outcome.seats.flatMap((taken) => {
    const found = stop.sessions.find(({ slug }) => slug === taken.session);
    if (found === undefined || found.starts_at === null || found.ends_at === null) {
      return [];
    }
    const { kind, title, status: session_status, starts_at, ends_at, venue, room } = found;
    const about = { session_status, starts_at, ends_at, venue, room };
    const seat = { session: found.slug, kind, title, ...about };
    const { mode, status, rank } = taken;
    const join = "https://visio.example/nancy";
    const own = {
      ...seat,
      mode,
      status,
      rank,
      held_until: null,
      chance: null,
      is_meanwhile: false,
      join_url: mode === "online" && status === "confirmed" ? join : null,
    };
    const meanwhile = {
      ...seat,
      mode: "online" as const,
      status: "confirmed" as const,
      rank: null,
      held_until: null,
      chance: null,
      is_meanwhile: true,
      join_url: join,
    };
    return taken.online_meanwhile ? [own, meanwhile] : [own];
  });
}
