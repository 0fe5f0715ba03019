import type { Schema } from "#api/schemas.ts";
import { isoDay } from "#i18n/dates.ts";
import type { RouteState } from "#ui/route-line.tsx";

type Stop = Pick<Schema<"StopSummary">, "slug" | "days" | "zone" | "status">;

/** How near a stop is, on its own calendar. A stop without a day, or that will not take place, is only announced. */
function phaseOf({ days, zone, status }: Stop, now: Date): "past" | "now" | "ahead" | "coming" {
  const today = isoDay(now, zone);
  if (status !== "scheduled" || days.length === 0) {
    return "coming";
  }
  if (days.every(({ on }) => on < today)) {
    return "past";
  }
  return days.some(({ on }) => on === today) ? "now" : "ahead";
}

/** Where each stop of a tour stands: the first one ahead is the next, those after it are announced. */
export function roadOf(stops: readonly Stop[], now: Date): ReadonlyMap<string, RouteState> {
  const next = stops.find((stop) => phaseOf(stop, now) === "ahead");
  return new Map(
    stops.map((stop) => {
      const phase = phaseOf(stop, now);
      return [stop.slug, phase === "ahead" ? (stop === next ? "next" : "coming") : phase];
    }),
  );
}
