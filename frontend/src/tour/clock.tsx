import { useI18n } from "#i18n/context.tsx";
import { dayText, isoDay, timeText, zoneText } from "#i18n/dates.ts";
import { Hours } from "#ui/moment.tsx";

const HOME = "Europe/Paris";

/** The zone that the reader's device is set to. */
function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Whether the clocks of two zones show the same at an instant. */
function agree(at: string, one: string, other: string, i18n: ReturnType<typeof useI18n>): boolean {
  return timeText(at, one, i18n) === timeText(at, other, i18n);
}

/** Whose clock an hour is on, where it could be taken for another: away from Paris, or read elsewhere. */
export function Clock({ at, zone }: { at: string; zone: string }) {
  const i18n = useI18n();
  return zone === HOME && agree(at, zone, ownZone(), i18n) ? null : ` (${zoneText(zone, i18n)})`;
}

/** The hours of what is attended from afar on the reader's own clock, where it shows others. */
export function OwnHours({ start, end, zone }: { start: string; end: string; zone: string }) {
  const i18n = useI18n();
  const own = ownZone();
  if (agree(start, zone, own, i18n)) {
    return null;
  }
  const on = isoDay(new Date(start), own);
  const isAnotherDay = on !== isoDay(new Date(start), zone);
  return (
    <p className="small">
      {i18n.t.registration.mine.ownClock} {isAnotherDay && `${dayText(on, i18n)}, `}
      <Hours start={start} end={end} zone={own} />
    </p>
  );
}

/** A day and an hour, on the clocks of the place. */
export function InstantOf({ at, zone }: { at: string; zone: string }) {
  const i18n = useI18n();
  return (
    <time dateTime={at}>
      {dayText(isoDay(new Date(at), zone), i18n, "long")}, {timeText(at, zone, i18n)}
      <Clock at={at} zone={zone} />
    </time>
  );
}
