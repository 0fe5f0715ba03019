import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { dayText } from "#i18n/dates.ts";
import { SourceRef } from "./sources.tsx";

type Figure = Schema<"FigureRead">;

/** What sources say of the closing of a wave, where they do not agree: each day with those who state it; else nothing. */
export function rivalsOf(call: Schema<"CallRead">, rank: number): [string, Figure[]][] {
  const days = new Map<string, Figure[]>();
  for (const { key, headline, others } of call.figures) {
    if (key === `cutoff-${rank}` || (key === "cutoff" && call.waves.length === 1)) {
      for (const figure of [headline, ...others]) {
        const on = figure.day?.on ?? "";
        days.set(on, [...(days.get(on) ?? []), figure]);
      }
    }
  }
  return days.size > 1 ? [...days] : [];
}

/** "28 févr. 2022 [1] [2], 24 févr. 2022 [3]". */
export function RivalDates({ rivals }: { rivals: [string, Figure[]][] }) {
  const i18n = useI18n();
  return rivals.map(([on, figures], at) => (
    <span key={on}>
      {at > 0 && " · "}
      {dayText(on, i18n)}
      {[...new Set(figures.map(({ source }) => source.slug))].map((slug) => (
        <span key={slug}>
          {" "}
          <SourceRef slug={slug} />
        </span>
      ))}
    </span>
  ));
}
