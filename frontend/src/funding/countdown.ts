/** How long is left before an instant, as one counts it when it comes near: "3 jours 4 heures", "2 heures 10 minutes". */
import type { I18n } from "#i18n/context.tsx";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Further away, nobody counts the hours. */
const NEAR = 15 * DAY;

export function countdownText(at: string, { locale, now }: I18n): string | null {
  const left = Date.parse(at) - now.getTime();
  if (left <= 0 || left > NEAR) {
    return null;
  }
  const say = (count: number, unit: "day" | "hour" | "minute") =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" })
      .format(count)
      .replace(" ", "\u00A0");
  const [days, hours, minutes] = [
    Math.floor(left / DAY),
    Math.floor((left % DAY) / HOUR),
    Math.floor((left % HOUR) / MINUTE),
  ];
  const parts =
    days > 0
      ? [say(days, "day"), ...(hours > 0 ? [say(hours, "hour")] : [])]
      : [...(hours > 0 ? [say(hours, "hour")] : []), say(minutes, "minute")];
  return parts.join(" ");
}
