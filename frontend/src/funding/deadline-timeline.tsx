import { Link } from "@tanstack/react-router";
import { useI18n } from "#i18n/context.tsx";
import { momentText } from "#i18n/dates.ts";
import { Text } from "#i18n/text.tsx";
import css from "./deadline-timeline.module.css";
import type { Bar, Line } from "./deadlines.ts";

/** From here on, words that begin at a place would leave the line. */
const LATE = 0.7;

function percent(share: number): string {
  return `${share * 100}%`;
}

/** The waves drawn on one line of time. Each row leads to its call; what its bars draw is said under it when one points at it. */
export function DeadlineTimeline({ line }: { line: Line }) {
  const i18n = useI18n();
  const { t, locale } = i18n;
  const month = new Intl.DateTimeFormat(locale, { month: "short", timeZone: "UTC" });

  function said({ opens, closes, state }: Bar): string {
    const ends = momentText(closes, i18n);
    const days = opens === null ? ends : t.deadlines.timeline.span(momentText(opens, i18n), ends);
    return `${days} (${t.codes.waveState[state].toLowerCase()})`;
  }

  return (
    <div className={css.line}>
      <div className={css.ticks} aria-hidden="true">
        {line.ticks.map(({ at: place, on, isYear }) => (
          <span
            key={on}
            className={css.tick}
            style={{ insetInlineStart: percent(place) }}
            data-year={isYear}
          >
            {isYear ? on.slice(0, 4) : month.format(new Date(on))}
          </span>
        ))}
      </div>
      <ol className={css.rows} aria-label={t.deadlines.timeline.title}>
        {line.rows.map(({ call, bars }) => (
          <li key={call.slug} className={css.row}>
            <Link to="/appels/$slug" params={{ slug: call.slug }} className={css.name}>
              <Text of={call.name} />
            </Link>
            <span className={css.track} aria-hidden="true">
              {bars.map((bar) => (
                <span
                  key={bar.id}
                  className={css.bar}
                  style={{
                    insetInlineStart: bar.isOpeningKnown ? percent(bar.from) : "auto",
                    insetInlineEnd: percent(1 - bar.to),
                  }}
                  data-state={bar.state}
                />
              ))}
              {line.today !== null && (
                <span className={css.here} style={{ insetInlineStart: percent(line.today) }} />
              )}
            </span>
            <span className={css.said}>{bars.map(said).join(" · ")}</span>
          </li>
        ))}
      </ol>
      {line.today !== null && (
        <span className={css.today} aria-hidden="true">
          <span style={{ insetInlineStart: percent(line.today) }} data-late={line.today > LATE}>
            <mark>{t.deadlines.timeline.today}</mark>
          </span>
        </span>
      )}
    </div>
  );
}
