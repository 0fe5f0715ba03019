/** Writes a figure as others may cite it: what is stated, by whom, when, and where it was read. */
import type { Schema } from "#api/schemas.ts";
import type { I18n } from "#i18n/context.tsx";
import { isoDay, knownPart } from "#i18n/dates.ts";

type Day = Schema<"Day">;

/** A stated value: its words, what exactly it counts, when it was true, and who states it. */
export type Cited = {
  words: string;
  scope?: string | null;
  on?: Day | null;
  source: Schema<"SourceRead">;
};

const TAGS = { fr: "fr-FR", en: "en-GB" } as const;
const HOME = "Europe/Paris";

/** A day with its year, as far as it is known: a citation is read in other years. */
function dayIn(day: Day, { locale, t }: I18n): string {
  if (day.precision === "year") {
    return knownPart(day);
  }
  const isMonth = day.precision === "month";
  const words = new Intl.DateTimeFormat(TAGS[locale], {
    timeZone: "UTC",
    year: "numeric",
    month: "long",
    ...(!isMonth && { day: "numeric" }),
  }).format(new Date(`${day.on}T12:00:00Z`));
  return day.precision === "after" ? t.dates.after(words) : words;
}

/** One citation, in the language of the page that it was read on. */
export function citationOf({ words, scope = null, on = null, source }: Cited, i18n: I18n): string {
  const { cite } = i18n.t.figures;
  const today = dayIn({ on: isoDay(i18n.now, HOME), precision: "day" }, i18n);
  const value = [
    scope === null ? words : `${words} (${scope})`,
    on !== null && cite.on(dayIn(on, i18n)),
  ];
  const stated = [
    cite.title(source.title),
    source.publisher,
    source.published !== null && dayIn(source.published, i18n),
    source.url,
  ];
  const read = cite.read(location.origin + location.pathname, today);
  return [value, stated, [read]]
    .map((parts) => `${parts.filter((part) => part !== false && part !== null).join(", ")}.`)
    .join(" ");
}
