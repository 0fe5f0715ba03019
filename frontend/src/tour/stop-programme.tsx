import { useI18n } from "#i18n/context.tsx";
import { dayText } from "#i18n/dates.ts";
import { Text } from "#i18n/text.tsx";
import type { Schema } from "#api/schemas.ts";
import { Section } from "#ui/page.tsx";
import {
  type Choices,
  hoursOf,
  isBookable,
  type Mode,
  programmeOf,
  type Session,
} from "./programme.ts";
import { SessionCard } from "./session-card.tsx";
import css from "./stop-programme.module.css";

/** The programme of a stop by day; what happens at once stands side by side. `onPick` only where one can register now. */
export function StopProgramme({
  stop: { sessions, days, zone },
  choices,
  onPick,
}: {
  stop: Schema<"StopRead">;
  choices: Choices;
  onPick: ((session: string, mode: Mode | null) => void) | null;
}) {
  const i18n = useI18n();
  const { t, now } = i18n;
  const programme = programmeOf(sessions, zone);
  const many = programme.length > 1;

  function card(session: Session) {
    const { slug } = session;
    const pick =
      onPick !== null && isBookable(session, now)
        ? { mode: choices[slug] ?? null, onPick: (mode: Mode | null) => onPick(slug, mode) }
        : null;
    return (
      <div key={slug} id={`seance-${slug}`}>
        <SessionCard session={session} zone={zone} title={many ? "h4" : "h3"} pick={pick} />
      </div>
    );
  }

  return (
    <Section title={t.tour.stop.programme}>
      {sessions.length === 0 && <p className="soft">{t.tour.stop.noProgramme}</p>}
      {programme.map((day) => {
        const { on, slots } = day;
        const theme = days.find((each) => each.on === on)?.theme ?? null;
        return (
          <div key={on} className="stack">
            {many && (
              <h3 className={css.day}>
                {on === null ? t.tour.stop.dayUnknown : dayText(on, i18n, "long")}
                {theme !== null && (
                  <span className="soft">
                    {" · "}
                    <Text of={theme} />
                  </span>
                )}
              </h3>
            )}
            {hoursOf(day) === null && <p className="soft small">{t.tour.stop.hoursNotStated}</p>}
            {slots.map((slot) =>
              slot.length === 1 ? (
                slot.map(card)
              ) : (
                <div
                  key={slot[0]?.slug}
                  role="group"
                  aria-label={t.tour.stop.parallel}
                  className={css.parallel}
                >
                  <p className={css.caption} aria-hidden="true">
                    {t.tour.stop.parallel}
                  </p>
                  <div className="columns">{slot.map(card)}</div>
                </div>
              ),
            )}
          </div>
        );
      })}
    </Section>
  );
}
