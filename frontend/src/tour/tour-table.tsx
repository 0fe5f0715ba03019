import { Link } from "@tanstack/react-router";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { daysText } from "#i18n/dates.ts";
import { Text, useText } from "#i18n/text.tsx";
import { REGIONS } from "#ui/france-map.tsx";
import { type Cell, PictureTable } from "#ui/picture-table.tsx";

/** What the map and the road draw, a stop a row. */
export function TourTable({ tour: { slug, stops } }: { tour: Schema<"TourRead"> }) {
  const i18n = useI18n();
  const { t } = i18n;
  const say = useText();

  function told(words: string | null | undefined): Cell {
    return words ? { shown: words, written: words } : { shown: t.ui.notStated, written: null };
  }

  return (
    <PictureTable
      title={t.tour.road}
      file={`tour-${slug}`}
      columns={t.tour.table}
      rows={stops.map((stop) => {
        const days = stop.days.map(({ on }) => on);
        return {
          id: stop.slug,
          cells: [
            {
              shown: (
                <Link to="/etapes/$slug" params={{ slug: stop.slug }}>
                  <Text of={stop.name} />
                </Link>
              ),
              written: say(stop.name),
            },
            days.length === 0
              ? told(null)
              : { shown: daysText(days, i18n), written: days.join(" ") },
            told(REGIONS.find(({ code }) => code === stop.region)?.name),
            told(stop.cities.join(", ")),
            told(stop.title && say(stop.title)),
          ],
        };
      })}
    />
  );
}
