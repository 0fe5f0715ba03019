import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { dayText, isoDay, timeText } from "#i18n/dates.ts";
import { Text } from "#i18n/text.tsx";
import { Facts } from "#ui/facts.tsx";
import { comingOf, roomOf } from "./programme.ts";
import { Speakers } from "./session-card.tsx";
import { CALLS, VENUES } from "./stop-about.tsx";
import css from "./stop-head.module.css";

/** What one decides on at a glance: the places left in each mode, what comes next with whom, the calls, the access. */
export function StopBrief({
  stop: { sessions, zone, calls, venues, registration, status },
}: {
  stop: Schema<"StopRead">;
}) {
  const i18n = useI18n();
  const { t, now } = i18n;
  const words = t.tour.stop.brief;
  const rooms = registration === "open" && status !== "cancelled" ? roomOf(sessions, now) : [];
  const next = comingOf(sessions, now);
  const isAccessSaid = venues.some(({ venue }) => venue.accessibility !== null);
  return (
    <div className={css.brief}>
      {rooms.length > 0 && (
        <Facts
          facts={rooms.map(({ mode, free, all }) => ({
            term: t.codes.mode[mode],
            value: free === 0 ? words.full(all) : words.free(free, all),
          }))}
        />
      )}
      {next !== null && (
        <div>
          <p className="small">
            <span className="soft">{words.next}</span>{" "}
            <a href={`#seance-${next.slug}`}>
              <Text of={next.title} />
            </a>
            {", "}
            {dayText(isoDay(new Date(next.starts_at), zone), i18n)},{" "}
            {timeText(next.starts_at, zone, i18n)}
          </p>
          <Speakers appearances={next.appearances} />
        </div>
      )}
      {calls.length + venues.length > 0 && (
        <p className={css.ways}>
          {calls.length > 0 && <a href={`#${CALLS}`}>{words.presented(calls.length)}</a>}
          {venues.length > 0 && (
            <a href={`#${VENUES}`}>{isAccessSaid ? words.accessSaid : words.directions}</a>
          )}
        </p>
      )}
    </div>
  );
}
