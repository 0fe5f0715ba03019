import type { Schema } from "#api/schemas.ts";
import { type Entry, firstEntry, isEntry, judge, type Outcome } from "./judging.ts";
import type { Kept } from "./store.ts";
import {
  type Door,
  nameOf,
  openEntry,
  type Person,
  provenance,
  type Seat,
  ticketIn,
} from "./ticket.ts";

type OfflineList = Schema<"OfflineList">;

/** What is shown of one scan: this device's judgement at once, the server's when it comes. */
export type Shown = {
  id: string;
  at: string;
  outcome: Outcome;
  name: string | null;
  organisation: string | null;
  seats: readonly Seat[];
  first: Entry | null;
  isSent: boolean;
};

type Context = { list: OfflineList; door: Door; scans: readonly Kept[]; device: string | null };

function shown(
  id: string,
  at: string,
  outcome: Outcome,
  person: Person | null,
  first: Entry | null,
): Shown {
  return {
    id,
    at,
    outcome,
    name: person?.name ?? null,
    organisation: person?.organisation ?? null,
    seats: person?.seats ?? [],
    first: outcome === "already_in" ? first : null,
    isSent: false,
  };
}

/** Judges what was read without asking anybody, and makes the scan to keep. */
export async function readCode(code: string, now: Date, context: Context): Promise<[Kept, Shown]> {
  const { list, door, scans, device } = context;
  const id = crypto.randomUUID();
  const at = now.toISOString();
  const ticket = ticketIn(code);
  const key = ticket === null ? `code ${code}` : await nameOf(ticket);
  const person = ticket === null ? null : await openEntry(list, ticket);
  const mine = scans
    .filter((scan) => scan.key === key && scan.entered)
    .map((scan) => ({ at: scan.at, door: scan.door, device }));
  const theirs =
    person?.entries.map(({ session, ...entry }) => ({ ...entry, door: session })) ?? [];
  const first = firstEntry([...mine, ...theirs], { door, at, zone: list.stop.zone });
  let outcome: Outcome = "unknown";
  if (person !== null) {
    outcome = judge(person, door, first);
  } else if (ticket !== null) {
    outcome = await provenance(list, ticket);
    outcome = outcome === "unlisted" && first !== null ? "already_in" : outcome;
  }
  const unsent = { id, scanned_at: at, session: door, ticket: code, registration: null };
  const kept = { id, stop: list.stop.slug, key, door, at, entered: isEntry(outcome), unsent };
  return [kept, shown(id, at, outcome, person, first)];
}

/** The scan of somebody found by their name: the server, which found them, judges it. */
export function readName(
  person: Schema<"PersonFound">,
  now: Date,
  { list, door }: Context,
): [Kept, Shown] {
  const { registration, seats, ...known } = person;
  const id = crypto.randomUUID();
  const at = now.toISOString();
  const outcome = judge({ ...known, seats, entries: [] }, door, null);
  const unsent = { id, scanned_at: at, session: door, ticket: null, registration };
  const key = `registration ${registration}`;
  const kept = { id, stop: list.stop.slug, key, door, at, entered: isEntry(outcome), unsent };
  return [kept, shown(id, at, outcome, { ...known, seats, entries: [] }, null)];
}

/** What is shown of a scan once the server has it. */
export function answered(before: Shown, result: Schema<"ScanResult">): Shown {
  const { outcome, name, organisation, seats, first } = result;
  return { ...before, outcome, name, organisation, seats, first, isSent: true };
}
