import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { useText } from "#i18n/text.tsx";
import { Pill, type Tone } from "#ui/pill.tsx";
import type { Session } from "./programme.ts";
import css from "./registration.module.css";

const TONES: Record<Schema<"SeatStatus">, Tone> = {
  confirmed: "open",
  waiting: "soon",
  requested: "coming",
  held: "coming",
  cancelled: "closed",
};

/** The status of a seat in words, the rank of who waits included. */
export function SeatPill({ status, rank }: { status: Schema<"SeatStatus">; rank: number | null }) {
  const { t } = useI18n();
  return (
    <Pill tone={TONES[status]}>
      {status === "waiting" ? t.registration.outcome.waiting(rank) : t.codes.seatStatus[status]}
    </Pill>
  );
}

/** What came of each wish, or would. */
export function OutcomeList({
  seats,
  sessions,
}: {
  seats: readonly Schema<"SeatOutcome">[];
  sessions: readonly Session[];
}) {
  const { t } = useI18n();
  const say = useText();
  return (
    <ul className={css.outcome}>
      {seats.map(({ session, mode, status, rank, online_meanwhile: meanwhile }) => {
        const found = sessions.find(({ slug }) => slug === session);
        return (
          <li key={session}>
            <b>{found === undefined ? session : say(found.title)}</b>
            <br />
            <SeatPill status={status} rank={rank} />{" "}
            <span className="small soft">
              {t.codes.mode[mode].toLowerCase()}
              {meanwhile && ` · ${t.registration.outcome.meanwhile}`}
              {status === "requested" && ` · ${t.registration.outcome.answer}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
