import { Link } from "@tanstack/react-router";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { knownPart } from "#i18n/dates.ts";
import { Text, useText } from "#i18n/text.tsx";
import { When } from "#ui/moment.tsx";
import { type Cell, PictureTable } from "#ui/picture-table.tsx";
import type { Deadline } from "./deadlines.ts";
import { WaveName } from "./wave-name.tsx";

/** The waves of the line of time, one a row. A file has the instant where it is known, else as much of the day as is. */
export function DeadlineTable({ deadlines }: { deadlines: readonly Deadline[] }) {
  const { t } = useI18n();
  const text = useText();
  const { file, ...columns } = t.deadlines.table;

  function date(moment: Schema<"Moment"> | null): Cell {
    return moment === null
      ? { shown: t.ui.notStated, written: null }
      : { shown: <When moment={moment} />, written: moment.at ?? knownPart(moment) };
  }

  return (
    <PictureTable
      title={t.deadlines.timeline.title}
      file={file}
      columns={columns}
      rows={deadlines.map(({ call: { slug, name }, wave }) => ({
        id: `${slug} ${wave.rank}`,
        cells: [
          {
            shown: (
              <Link to="/appels/$slug" params={{ slug }}>
                <Text of={name} />
              </Link>
            ),
            written: text(name),
          },
          { shown: <WaveName wave={wave} />, written: wave.rank },
          date(wave.opens),
          date(wave.closes),
          { shown: t.codes.waveState[wave.state], written: wave.state },
        ],
      }))}
    />
  );
}
