import { useI18n } from "#i18n/context.tsx";
import {
  type Day as DayShape,
  dayText,
  knownPart,
  type Moment,
  momentText,
  relativeText,
  timeText,
  zoneText,
} from "#i18n/dates.ts";

/** A moment as exactly as it is known: "mer. 9 déc., 12:00 (heure de Paris)", "ven. 29 janv., heure non précisée". */
export function When({
  moment,
  length = "short",
  zone = true,
}: {
  moment: DayShape | Moment;
  length?: "short" | "long";
  zone?: boolean;
}) {
  const i18n = useI18n();
  const words = momentText(moment, i18n, length);
  if (!("at" in moment) || moment.at === null) {
    return <time dateTime={knownPart(moment)}>{words}</time>;
  }
  return (
    <time dateTime={moment.at}>
      {words}
      {zone && ` (${zoneText(moment.zone, i18n)})`}
    </time>
  );
}

/** How far a moment is: "dans 16 jours". Says nothing where the day is not known. */
export function Relative({ moment }: { moment: DayShape | Moment }) {
  return relativeText(moment, useI18n());
}

/** A calendar day. */
export function Day({ on, length = "short" }: { on: string; length?: "short" | "long" }) {
  return <time dateTime={on}>{dayText(on, useI18n(), length)}</time>;
}

/** From one hour to another, where it happens: "10:00 – 11:15". */
export function Hours({ start, end, zone }: { start: string; end: string | null; zone: string }) {
  const i18n = useI18n();
  return (
    <span className="num">
      <time dateTime={start}>{timeText(start, zone, i18n)}</time>
      {end !== null && (
        <>
          {" – "}
          <time dateTime={end}>{timeText(end, zone, i18n)}</time>
        </>
      )}
    </span>
  );
}
