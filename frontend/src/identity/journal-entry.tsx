import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { timeText } from "#i18n/dates.ts";
import { HOME } from "./at.tsx";
import css from "./journal.module.css";

export type Entry = Schema<"JournalEntry">;

const LONGEST = 120;

/** One act: its hour, its sentence and, folded, the fields that it changed. */
export function JournalEntry({ entry: { recorded_at: at, sentence, changes } }: { entry: Entry }) {
  const i18n = useI18n();
  const words = i18n.t.team.journal;
  return (
    <li className={css.entry}>
      <time dateTime={at} className="small soft num">
        {timeText(at, HOME, i18n)}
      </time>
      <div>
        <p>{sentence}</p>
        {changes.length > 0 && (
          <details className="small">
            <summary>{words.changes(changes.length)}</summary>
            <div className={css.scroll} tabIndex={-1}>
              <table className={css.changes}>
                <thead>
                  <tr>
                    <th scope="col">{words.field}</th>
                    <th scope="col">{words.before}</th>
                    <th scope="col">{words.after}</th>
                  </tr>
                </thead>
                <tbody>
                  {changes.map(({ field, before, after }) => (
                    <tr key={field}>
                      <th scope="row">
                        <code>{field}</code>
                      </th>
                      <td>{valueText(before, words.empty)}</td>
                      <td>{valueText(after, words.empty)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </details>
        )}
      </div>
    </li>
  );
}

/** A value as it was written; a long one by its beginning. */
function valueText(value: unknown, empty: string): string {
  if (value === null || value === undefined) {
    return empty;
  }
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
