import { isoDay } from "#i18n/dates.ts";
import type { Schema } from "#api/schemas.ts";
import type { Door, Person } from "./ticket.ts";

/** What a scan comes to: the server's words, and two that only a device without its answer says. */
export type Outcome = Schema<"ScanOutcome"> | "unlisted" | "unverified";

export type Entry = { at: string; device: string | null };

/** An entry that this device saw: the ticket by what the list calls it, the door, the instant. */
export type Seen = { key: string; door: Door; at: string; entered: boolean };

export type Tone = "good" | "care" | "bad";

const TONES: Record<Outcome, Tone> = {
  admitted: "good",
  unlisted: "good",
  already_in: "care",
  waiting: "care",
  no_seat: "care",
  unverified: "care",
  cancelled: "bad",
  another_stop: "bad",
  unknown: "bad",
};

/** How an outcome is shown; never by its colour alone. */
export function toneOf(outcome: Outcome): Tone {
  return TONES[outcome];
}

/** Whether somebody went in by it. */
export function isEntry(outcome: Outcome): boolean {
  return outcome === "admitted" || outcome === "already_in" || outcome === "unlisted";
}

/** The earliest entry by the same door on the same day, as this device knows it. */
export function firstEntry(
  entries: readonly { at: string; device: string | null; door: Door }[],
  { door, at, zone }: { door: Door; at: string; zone: string },
): Entry | null {
  const day = isoDay(new Date(at), zone);
  const [first] = entries
    .filter((entry) => entry.door === door && isoDay(new Date(entry.at), zone) === day)
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  return first === undefined ? null : { at: first.at, device: first.device };
}

/** What somebody known comes to at a door, as `etape.tour.checkin.rules.outcome_of` judges it. */
export function judge(person: Person, door: Door, first: Entry | null): Outcome {
  if (person.cancelled) {
    return "cancelled";
  }
  const asked = person.seats.filter(
    ({ mode, session }) => mode === "on_site" && (door === null || door === session),
  );
  if (asked.some(({ status }) => status === "confirmed")) {
    return first === null ? "admitted" : "already_in";
  }
  return asked.length > 0 ? "waiting" : "no_seat";
}
