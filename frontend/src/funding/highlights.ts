import type { Schema } from "#api/schemas.ts";
import type { Locale } from "#i18n/locale.ts";

type Segments = readonly Schema<"Segment">[];

/** A passage in the reader's language, or in French where there is no other; `lang` says so then. */
export type Passage = { segments: Segments; lang: "fr" | undefined };

/** One text of a hit, with what matched marked; null when the hit has no such text. */
export function passageOf(
  highlights: Schema<"CallHit">["highlights"],
  text: "name" | "promise" | "body",
  locale: Locale,
): Passage | null {
  const french = said(highlights[text]);
  const english = locale === "en" ? said(highlights[`${text}_en`]) : null;
  if (english !== null) {
    return { segments: english, lang: undefined };
  }
  return french === null ? null : { segments: french, lang: locale === "en" ? "fr" : undefined };
}

/** Whether a passage shows why the text was found. */
export function explains(passage: Passage | null): passage is Passage {
  return passage?.segments.some(({ hit }) => hit) ?? false;
}

/** What a card does not show by itself: it marks the words found as they are in what it lets read. */
export function untold({ why }: Schema<"CallHit">): Schema<"Why">[] {
  return why.filter(
    ({ taken, found_in: place }) => taken !== null || !["name", "promise", "body"].includes(place),
  );
}

function said(segments: Segments | undefined): Segments | null {
  return segments === undefined || segments.every(({ text }) => text === "") ? null : segments;
}
