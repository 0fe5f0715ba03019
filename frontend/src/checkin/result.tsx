import { useEffect } from "react";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { timeText } from "#i18n/dates.ts";
import { Text } from "#i18n/text.tsx";
import css from "./checkin.module.css";
import { toneOf, type Tone } from "./judging.ts";
import type { Shown } from "./reading.ts";
import { useWords } from "./words.ts";

type Stop = Schema<"DoorStop">;

const SIGNS: Record<Tone, string> = { good: "✓", care: "!", bad: "✕" };
const BUZZ: Record<Tone, number[]> = { good: [70], care: [60, 60, 60], bad: [200, 80, 200] };

/** What the last scan came to: a colour, a sign and words, and the same under the thumb. */
export function Result({ shown, stop }: { shown: Shown | null; stop: Stop }) {
  const i18n = useI18n();
  const words = useWords();
  const tone = shown === null ? null : toneOf(shown.outcome);
  const id = shown?.id;
  useEffect(() => {
    if (id !== undefined && tone !== null) {
      navigator.vibrate?.(BUZZ[tone]);
    }
  }, [id, tone]);
  return (
    <div role="status" aria-live="assertive" className={css.result} data-tone={tone ?? "none"}>
      {shown !== null && tone !== null && (
        <>
          <span className={css.sign} aria-hidden="true">
            {SIGNS[tone]}
          </span>
          <div className="stack">
            <p className="loud">{words.outcome[shown.outcome]}</p>
            {shown.name !== null && (
              <p className={css.name}>
                {shown.name}
                {shown.organisation !== null && (
                  <span className={css.organisation}>{shown.organisation}</span>
                )}
              </p>
            )}
            <p>{words.outcomeDetail[shown.outcome]}</p>
            {shown.first !== null && (
              <p>
                <b>{words.first(timeText(shown.first.at, stop.zone, i18n), shown.first.device)}</b>
              </p>
            )}
            <Seats shown={shown} stop={stop} />
            {!shown.isSent && <p className="small">{words.kept}</p>}
          </div>
        </>
      )}
    </div>
  );
}

function Seats({ shown: { seats }, stop }: { shown: Shown; stop: Stop }) {
  const i18n = useI18n();
  const words = useWords();
  if (seats.length === 0) {
    return null;
  }
  return (
    <ul className={`plain ${css.seats}`}>
      {seats.map(({ session, mode, status }) => {
        const known = stop.sessions.find((each) => each.session === session);
        return (
          <li key={`${session} ${mode}`}>
            {known === undefined ? (
              session
            ) : (
              <>
                {timeText(known.starts_at, stop.zone, i18n)} <Text of={known.title} />
              </>
            )}
            {" · "}
            {words.seatMode[mode]}, {words.seatStatus[status]}
            {mode === "on_site" && typeof known?.room === "string" && ` · ${known.room}`}
          </li>
        );
      })}
    </ul>
  );
}
