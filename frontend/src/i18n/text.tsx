import { useI18n } from "./context.tsx";
import type { Locale } from "./locale.ts";

/** A text of the programme, written by people: French always, English where somebody translated it. */
export type LocalizedText = { fr: string; en: string | null };

function pick({ fr, en }: LocalizedText, locale: Locale): { words: string; lang?: Locale } {
  return locale === "en"
    ? en === null
      ? { words: fr, lang: "fr" }
      : { words: en }
    : { words: fr };
}

/** Picks the reader's language as a bare string, for titles and labels; French where there is no English. */
export function useText(): (text: LocalizedText) => string {
  const { locale } = useI18n();
  return (text) => pick(text, locale).words;
}

/** A text in the reader's language; what falls back to French says so to screen readers and hyphenation. */
export function Text({ of }: { of: LocalizedText }) {
  const { locale } = useI18n();
  const { words, lang } = pick(of, locale);
  return lang === undefined ? words : <span lang={lang}>{words}</span>;
}
