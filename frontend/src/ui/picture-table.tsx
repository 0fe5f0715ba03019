import type { ReactNode } from "react";
import { useI18n } from "#i18n/context.tsx";
import { CsvButton } from "./csv-button.tsx";
import { csvText, type CsvValue } from "./csv.ts";
import css from "./picture-table.module.css";
import { WideTable } from "./table.tsx";

/** What a cell shows on the page, and what it writes in the file. */
export type Cell = { shown: ReactNode; written: CsvValue };

/**
 * What a picture draws, in a table that opens beneath it and can be taken away. `columns` are its heads by their names in
 * the file, in the order of the cells of each row, whose first names it; `file` is the file's name, without its ending.
 */
export function PictureTable({
  title,
  file,
  columns,
  rows,
}: {
  title: string;
  file: string;
  columns: Readonly<Record<string, string>>;
  rows: readonly { id: string; cells: readonly [Cell, ...Cell[]] }[];
}) {
  const words = useI18n().t.figures.table;
  const fields = Object.keys(columns);
  return (
    <details className={css.fold}>
      <summary>{words.title}</summary>
      <div className="stack">
        <WideTable label={title} look={css.table}>
          <thead>
            <tr>
              {fields.map((field) => (
                <th key={field} scope="col">
                  {columns[field]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, cells: [name, ...others] }) => (
              <tr key={id}>
                <th scope="row">{name.shown}</th>
                {others.map(({ shown }, at) => (
                  <td key={fields[at + 1]}>{shown}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </WideTable>
        <p>
          <CsvButton
            file={`${file}.csv`}
            table={() =>
              csvText([fields, ...rows.map(({ cells }) => cells.map(({ written }) => written))])
            }
          >
            {words.csv}
          </CsvButton>
        </p>
      </div>
    </details>
  );
}
