/** Says times as people read them, always in the zone of the place and never in the browser's. */
import type { I18n } from "./context.tsx";

/** A date as far as it is known; `on` is the first day of the month or year when no more is. */
export type Day = {
  on: string;
  precision: "instant" | "day" | "month" | "year" | "after";
};

/** A date that has an hour, or should: `at` is null when it is not stated, which is then said, never invented. */
export type Moment = Day & { at: string | null; zone: string };

type Length = "short" | "long";

/** British English writes the day before the month, as French does: one reading order on both sides. */
const TAGS = { fr: "fr-FR", en: "en-GB" } as const;
/** Where today is, for a date without a place. */
const HOME = "Europe/Paris";
const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;

function dateOf(when: Day | Moment): Date {
  return new Date("at" in when && when.at !== null ? when.at : `${when.on}T12:00:00Z`);
}

function zoneOf(when: Day | Moment): string {
  return "at" in when && when.at !== null ? when.zone : "UTC";
}

/** How much of `YYYY-MM-DD` is known. */
const KNOWN = { year: 4, month: 7, day: 10, after: 10, instant: 10 };

/** What is known of a day: `2026-12-09`, `2026-12`, `2026`. */
export function knownPart({ on, precision }: Day): string {
  return on.slice(0, KNOWN[precision]);
}

/** The day of an instant on the calendar of a place: `2026-12-09`. */
export function isoDay(date: Date, zone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(date);
}

function format(date: Date, zone: string, options: Intl.DateTimeFormatOptions, i18n: I18n): string {
  const foreignYear = isoDay(date, zone).slice(0, 4) !== isoDay(i18n.now, zone).slice(0, 4);
  const parts = new Intl.DateTimeFormat(TAGS[i18n.locale], {
    timeZone: zone,
    ...options,
    ...(foreignYear && { year: "numeric" }),
  }).formatToParts(date);
  return parts
    .map(({ type, value }, at) => {
      if (type === "day" && value === "1" && i18n.locale === "fr") {
        return "1er";
      }
      if (value === ", ") {
        return " "; // British English parts the weekday off, but only before a year
      }
      // A day is not parted from its month at the end of a line.
      return value === " " && parts[at - 1]?.type === "day" ? "\u00A0" : value;
    })
    .join("");
}

function day(date: Date, zone: string, length: Length, i18n: I18n): string {
  return format(date, zone, { weekday: length, day: "numeric", month: length }, i18n);
}

/** A calendar day (`2026-12-09`): "mer. 9 déc.", or "mercredi 9 décembre". The year is said when it is another. */
export function dayText(on: string, i18n: I18n, length: Length = "short"): string {
  return day(new Date(`${on}T12:00:00Z`), "UTC", length, i18n);
}

/** The hour of an instant where it happens: "12:00". */
export function timeText(at: string, zone: string, i18n: I18n): string {
  return new Intl.DateTimeFormat(TAGS[i18n.locale], {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(at));
}

/** Whose clock it is: "heure de Paris". */
export function zoneText(zone: string, { t }: I18n): string {
  const city = zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");
  return t.dates.zones[zone] ?? t.dates.zone(city);
}

/** When, as exactly as it is known: "mer. 9 déc., 12:00", "mer. 9 déc., heure non précisée", "après le lun. 29 juin", "2027". */
export function momentText(moment: Day | Moment, i18n: I18n, length: Length = "short"): string {
  const date = dateOf(moment);
  const zone = zoneOf(moment);
  switch (moment.precision) {
    case "year":
      return moment.on.slice(0, 4);
    case "month":
      return format(date, zone, { month: "long", year: "numeric" }, i18n);
    case "after":
      return i18n.t.dates.after(day(date, zone, length, i18n));
    case "day":
      return "at" in moment
        ? `${day(date, zone, length, i18n)}, ${i18n.t.dates.hourNotStated}`
        : day(date, zone, length, i18n);
    case "instant":
      return `${day(date, zone, length, i18n)}, ${timeText(date.toISOString(), zone, i18n)}`;
  }
}

/** From a day to another: "du mer. 2 déc. 2026 au jeu. 18 févr. 2027". A year that both share is said once, at the end. */
export function spanText(from: Day, to: Day, i18n: I18n, length: Length = "short"): string {
  const apart = from.on.slice(0, 4) !== to.on.slice(0, 4);
  return i18n.t.dates.range(
    momentText(from, { ...i18n, now: dateOf(to) }, length),
    momentText(to, apart ? { ...i18n, now: dateOf(from) } : i18n, length),
  );
}

/** Days that may not follow one another: "mar. 10 mai", "du mar. 10 au jeu. 12 mai", "mar. 10 mai et jeu. 12 mai". */
export function daysText(days: readonly string[], i18n: I18n): string {
  const sorted = days.toSorted();
  const [first, last] = [sorted.at(0), sorted.at(-1)];
  if (first === undefined || last === undefined) {
    return "";
  }
  const consecutive = (Date.parse(last) - Date.parse(first)) / DAY === sorted.length - 1;
  if (sorted.length > 2 && consecutive) {
    return spanText({ on: first, precision: "day" }, { on: last, precision: "day" }, i18n);
  }
  return new Intl.ListFormat(TAGS[i18n.locale]).format(sorted.map((on) => dayText(on, i18n)));
}

/** How far a moment is: "dans 16 jours", "demain", "dans 3 heures"; null when the day itself is not known. */
export function relativeText(moment: Day | Moment, i18n: I18n): string | null {
  if (moment.precision !== "instant" && moment.precision !== "day") {
    return null;
  }
  const [count, unit] = distance(moment, i18n.now);
  if (count === 0 && unit === "minute") {
    return i18n.t.dates.now;
  }
  const words = new Intl.RelativeTimeFormat(TAGS[i18n.locale], { numeric: "auto" });
  return words.format(count, unit).replace(/(\d) /, "$1\u00A0");
}

/** Days of the calendar of the place; hours and minutes on the day itself, where the hour is known. */
function distance(moment: Day | Moment, now: Date): [number, Intl.RelativeTimeFormatUnit] {
  const today = Date.parse(isoDay(now, "zone" in moment ? moment.zone : HOME));
  const days = (Date.parse(isoDay(dateOf(moment), zoneOf(moment))) - today) / DAY;
  if (days === 0 && "at" in moment && moment.at !== null) {
    const left = Date.parse(moment.at) - now.getTime();
    return Math.abs(left) < HOUR
      ? [Math.trunc(left / MINUTE), "minute"]
      : [Math.trunc(left / HOUR), "hour"];
  }
  if (Math.abs(days) < 60) {
    return [days, "day"];
  }
  return Math.abs(days) < 730
    ? [Math.trunc(days / 30.44), "month"]
    : [Math.trunc(days / 365.25), "year"];
}

/** A length in minutes: "1 h 15". */
export function durationText(minutes: number, { t }: I18n): string {
  return t.dates.duration(Math.floor(minutes / 60), minutes % 60);
}
