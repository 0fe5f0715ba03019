import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import css from "./deadline-timeline.module.css";
import type { Line } from "./deadlines.ts";

/** From here on, words that begin at a place would leave the line. */
const LATE = 0.7;

function percent(share: number): string {
  return `${share * 100}%`;
}

/** The waves drawn on one line of time. A picture: the list beside it says the same, and is what one reads and presses. */
export function DeadlineTimeline({ line }: { line: Line }) {
  const { t, locale } = useI18n();
  const month = new Intl.DateTimeFormat(locale, { month: "short", timeZone: "UTC" });
  return (
    <div className={css.line} aria-hidden="true">
      <div className={css.ticks}>
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
      <ol className={css.rows}>
        {line.rows.map(({ call, bars }) => (
          <li key={call.slug} className={css.row}>
            <span className={css.name}>
              <Text of={call.name} />
            </span>
            <span className={css.track}>
              {bars.map(({ id, from, to, isOpeningKnown, state }) => (
                <span
                  key={id}
                  className={css.bar}
                  style={{
                    insetInlineStart: isOpeningKnown ? percent(from) : "auto",
                    insetInlineEnd: percent(1 - to),
                  }}
                  data-state={state}
                />
              ))}
            </span>
          </li>
        ))}
      </ol>
      {line.today !== null && (
        <span className={css.today}>
          <span style={{ insetInlineStart: percent(line.today) }} data-late={line.today > LATE}>
            <mark>{t.deadlines.timeline.today}</mark>
          </span>
        </span>
      )}
    </div>
  );
}
