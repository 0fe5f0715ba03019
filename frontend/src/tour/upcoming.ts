import type { Schema } from "#api/schemas.ts";
import { isoDay } from "#i18n/dates.ts";

type Stop = Schema<"StopSummary">;

function firstDay({ days }: Stop): string {
  return days.map(({ on }) => on).toSorted()[0] ?? "";
}

/** The stops that still take place, the nearest first. A stop is over when its last day is, where it takes place. */
export function upcoming(stops: readonly Stop[], now: Date): Stop[] {
  return stops
    .filter(
      ({ days, zone, status }) =>
        status !== "cancelled" && days.some(({ on }) => on >= isoDay(now, zone)),
    )
    .toSorted((one, other) => firstDay(one).localeCompare(firstDay(other)));
}
