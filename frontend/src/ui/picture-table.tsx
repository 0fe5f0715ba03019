import type { ReactNode } from "react";
import { useI18n } from "#i18n/context.tsx";
import { CsvButton } from "./csv-button.tsx";
import { csvText, type CsvValue } from "./csv.ts";
import css from "./picture-table.module.css";
import { WideTable } from "./table.tsx";

/** A column of the table: its name on the page and in the file, what it shows of an item, and what it writes of it. */
export type Column<Item> = {
  name: string;
  field: string;
  shows: (item: Item) => ReactNode;
  writes: (item: Item) => CsvValue;
};

/** What a picture draws, in a table that opens beneath it and can be taken away. `file` names it, without its ending. */
export function PictureTable<Item>({
  title,
  file,
  columns,
  items,
  idOf,
}: {
  title: string;
  file: string;
  columns: readonly Column<Item>[];
  items: readonly Item[];
  idOf: (item: Item) => string;
}) {
  const { t } = useI18n();
  const [head, ...others] = columns;
  return (
    <details className={css.fold}>
      <summary>{t.figures.table.title}</summary>
      <div className="stack">
        <WideTable label={title} look={css.table}>
          <thead>
            <tr>
              {columns.map(({ field, name }) => (
                <th key={field} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={idOf(item)}>
                <th scope="row">{head?.shows(item)}</th>
                {others.map(({ field, shows }) => (
                  <td key={field}>{shows(item)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </WideTable>
        <p>
          <CsvButton
            file={`${file}.csv`}
            table={() =>
              csvText([
                columns.map(({ field }) => field),
                ...items.map((item) => columns.map(({ writes }) => writes(item))),
              ])
            }
          >
            {t.figures.table.csv}
          </CsvButton>
        </p>
      </div>
    </details>
  );
}
