import { Link } from "@tanstack/react-router";
import { useI18n } from "#i18n/context.tsx";
import { momentText } from "#i18n/dates.ts";
import { Text } from "#i18n/text.tsx";
import { Relative, When } from "#ui/moment.tsx";
import { Pill } from "#ui/pill.tsx";
import { CallPill } from "./call-pill.tsx";
import css from "./deadline-list.module.css";
import { byMonth, type Deadline } from "./deadlines.ts";
import { WaveName } from "./wave-name.tsx";

/** Deadlines in words, month after month. */
export function DeadlineList({ deadlines }: { deadlines: readonly Deadline[] }) {
  const i18n = useI18n();
  return (
    <div className="stack">
      {byMonth(deadlines).map(([month, items]) => (
        <section key={month}>
          <h3 className={css.month}>
            {momentText(
              { on: month.padEnd(10, "-01"), precision: month.length === 4 ? "year" : "month" },
              i18n,
            )}
          </h3>
          <ol className={css.list}>
            {items.map((deadline) => (
              <Line key={`${deadline.call.slug}-${deadline.wave.rank}`} deadline={deadline} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function Line({ deadline: { call, wave, wave_count: waves } }: { deadline: Deadline }) {
  const { t } = useI18n();
  return (
    wave.closes !== null && (
      <li className={css.line}>
        <span className={css.when}>
          <b>
            <When moment={wave.closes} />
          </b>{" "}
          {wave.state !== "closed" && (
            <span className="soft small">
              <Relative moment={wave.closes} />
            </span>
          )}
        </span>
        <span>
          <Link to="/appels/$slug" params={{ slug: call.slug }}>
            <Text of={call.name} />
          </Link>
          {waves > 1 && (
            <span className="soft">
              {" "}
              · <WaveName wave={wave} />
            </span>
          )}
          {wave.state === "to_come" && wave.opens !== null && (
            <span className="soft small">
              {" "}
              · {t.deadlines.opened} <When moment={wave.opens} />
            </span>
          )}
          {call.fictitious && <span className="soft small"> · {t.funding.fictitious}</span>}
        </span>
        <WavePill call={call} wave={wave} />
      </li>
    )
  );
}

/** Where the wave is: what its call says while it is open, or once somebody stopped it. */
function WavePill({ call, wave }: Pick<Deadline, "call" | "wave">) {
  const { t } = useI18n();
  const isHalted = call.state === "suspended" || call.state === "exhausted";
  return wave.state === "open" || (isHalted && wave.state === "to_come") ? (
    <CallPill state={call.state} />
  ) : (
    <Pill tone={wave.state === "closed" ? "closed" : "coming"}>
      {t.codes.waveState[wave.state]}
    </Pill>
  );
}
