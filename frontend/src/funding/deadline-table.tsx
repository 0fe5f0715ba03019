import { Link } from "@tanstack/react-router";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { knownPart } from "#i18n/dates.ts";
import { Text, useText } from "#i18n/text.tsx";
import { When } from "#ui/moment.tsx";
import { type Column, PictureTable } from "#ui/picture-table.tsx";
import type { Deadline } from "./deadlines.ts";
import { WaveName } from "./wave-name.tsx";

/** A moment as a file writes it: the instant where it is known, else as much of the day as is known. */
function written(moment: Schema<"Moment"> | null): string | null {
  return moment && (moment.at ?? knownPart(moment));
}

/** The waves of the line of time, one a row. */
export function DeadlineTable({ deadlines }: { deadlines: readonly Deadline[] }) {
  const { t } = useI18n();
  const text = useText();
  const { table } = t.deadlines;
  const date = (name: string, field: "opens" | "closes"): Column<Deadline> => ({
    name,
    field,
    shows: ({ wave }) => (wave[field] === null ? t.ui.notStated : <When moment={wave[field]} />),
    writes: ({ wave }) => written(wave[field]),
  });
  return (
    <PictureTable
      title={t.deadlines.timeline.title}
      file={table.file}
      items={deadlines}
      idOf={({ call, wave }) => `${call.slug} ${wave.rank}`}
      columns={[
        {
          name: table.call,
          field: "call",
          shows: ({ call }) => (
            <Link to="/appels/$slug" params={{ slug: call.slug }}>
              <Text of={call.name} />
            </Link>
          ),
          writes: ({ call }) => text(call.name),
        },
        {
          name: table.wave,
          field: "wave",
          shows: ({ wave }) => <WaveName wave={wave} />,
          writes: ({ wave }) => wave.rank,
        },
        date(table.opens, "opens"),
        date(table.closes, "closes"),
        {
          name: table.state,
          field: "state",
          shows: ({ wave }) => t.codes.waveState[wave.state],
          writes: ({ wave }) => wave.state,
        },
      ]}
    />
  );
}
