import { Link } from "@tanstack/react-router";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { daysText } from "#i18n/dates.ts";
import { Text, useText } from "#i18n/text.tsx";
import { REGIONS } from "#ui/france-map.tsx";
import { PictureTable } from "#ui/picture-table.tsx";

type Stop = Schema<"TourRead">["stops"][number];

function regionOf({ region }: Stop): string | null {
  return REGIONS.find(({ code }) => code === region)?.name ?? null;
}

/** What the map and the road draw, a stop a row. */
export function TourTable({ tour: { slug, stops } }: { tour: Schema<"TourRead"> }) {
  const i18n = useI18n();
  const { t } = i18n;
  const text = useText();
  const words = t.tour.table;
  const on = ({ days }: Stop) => days.map((day) => day.on);
  return (
    <PictureTable
      title={t.tour.road}
      file={`tour-${slug}`}
      items={stops}
      idOf={(stop) => stop.slug}
      columns={[
        {
          name: words.stop,
          field: "stop",
          shows: (stop) => (
            <>
              {stop.rank}.{" "}
              <Link to="/etapes/$slug" params={{ slug: stop.slug }}>
                <Text of={stop.name} />
              </Link>
            </>
          ),
          writes: ({ name }) => text(name),
        },
        {
          name: words.days,
          field: "days",
          shows: (stop) => (stop.days.length === 0 ? t.ui.notStated : daysText(on(stop), i18n)),
          writes: (stop) => on(stop).join(" "),
        },
        {
          name: words.region,
          field: "region",
          shows: (stop) => regionOf(stop) ?? t.ui.notStated,
          writes: regionOf,
        },
        {
          name: words.cities,
          field: "cities",
          shows: ({ cities }) => (cities.length === 0 ? t.ui.notStated : cities.join(", ")),
          writes: ({ cities }) => cities.join(", "),
        },
        {
          name: words.title,
          field: "title",
          shows: ({ title }) => (title === null ? t.ui.notStated : <Text of={title} />),
          writes: ({ title }) => title && text(title),
        },
      ]}
    />
  );
}
