import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Notice } from "#ui/notice.tsx";

const SAID = 3;

/** What the typed words were widened to or taken for. Nothing is done to a search without saying so. */
export function FoundNotices({ page }: { page: Schema<"CallPage"> }) {
  const { t, locale } = useI18n();
  const list = (words: readonly string[]) => new Intl.ListFormat(locale).format(words);
  const sentences = [
    ...Object.entries(page.synonyms).map(([typed, others]) =>
      t.funding.list.alsoSearched(typed, list(otherWords(typed, others))),
    ),
    ...Object.entries(page.corrections).map(([typed, words]) =>
      t.funding.list.readAs(typed, list(otherWords(typed, words))),
    ),
  ];
  return (
    sentences.length > 0 && (
      <Notice tone="info" live>
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </Notice>
    )
  );
}

/** The first few words that are not what was typed, each once whatever its capitals. */
export function otherWords(typed: string, words: readonly string[]): string[] {
  const kept = new Map(words.map((word) => [word.toLocaleLowerCase(), word]));
  kept.delete(typed.toLocaleLowerCase());
  return [...kept.values()].slice(0, SAID);
}
