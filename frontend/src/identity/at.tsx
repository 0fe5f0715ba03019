import { useI18n } from "#i18n/context.tsx";
import { dayText, isoDay, timeText } from "#i18n/dates.ts";

/** Where the team's clocks are. */
export const HOME = "Europe/Paris";

/** When something was done: "mer. 9 déc., 12:00"; the day alone where the hour tells nothing. */
export function At({
  at,
  hour = true,
  zone = HOME,
}: {
  at: string;
  hour?: boolean;
  zone?: string;
}) {
  const i18n = useI18n();
  return (
    <time dateTime={at}>
      {dayText(isoDay(new Date(at), zone), i18n)}
      {hour && `, ${timeText(at, zone, i18n)}`}
    </time>
  );
}
