import { Link } from "@tanstack/react-router";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Notice } from "#ui/notice.tsx";
import { Relief } from "./relief.tsx";
import { type CallSearch, fromStart } from "./search.ts";
import { toTheLetter } from "./to-the-letter.ts";

const SAID = 3;

/**
 * What the typed words were widened to or taken for, and what to drop where only near results are left. Nothing is done
 * to a search without saying so, nor without a way back.
 */
export function FoundNotices({ page, search }: { page: Schema<"CallPage">; search: CallSearch }) {
  const { t, locale } = useI18n();
  const list = (words: readonly string[]) => new Intl.ListFormat(locale).format(words);
  const readings = [
    ...Object.entries(page.synonyms).map(([typed, others]) => ({
      typed,
      sentence: t.call.found.alsoSearched(typed, list(otherWords(typed, others))),
    })),
    ...Object.entries(page.corrections).map(([typed, words]) => ({
      typed,
      sentence: t.call.found.readAs(typed, list(otherWords(typed, words))),
    })),
  ];
  const helps = page.total > 0 && page.relief.length > 0;
  return (
    (readings.length > 0 || helps) && (
      <Notice tone="info" live>
        {readings.map(({ typed, sentence }) => (
          <p key={sentence}>
            {sentence}{" "}
            <Link
              to="/appels"
              search={{ ...fromStart(search), q: toTheLetter(search.q ?? "", typed) }}
            >
              {t.call.found.only(typed)}
            </Link>
          </p>
        ))}
        {helps && (
          <div className="row">
            <span>{t.call.found.none}</span>
            <Relief page={page} search={search} />
          </div>
        )}
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
