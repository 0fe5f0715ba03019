import { keepPreviousData } from "@tanstack/react-query";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import type { Messages } from "#i18n/messages.ts";
import { useDebounced } from "#ui/debounce.ts";

const PAUSE = 120;
const ENOUGH_LETTERS = 2;

export type Suggestion = Schema<"Suggestion">;

/** Two sessions of one stop, or questions about one call, share its slug: the name tells them apart. */
export function idOf({ noun, slug, name }: Suggestion): string {
  return `${noun} ${slug} ${name.fr}`;
}

/** What a suggestion is, in a word. */
export function groupOf({ noun, fictitious }: Suggestion, t: Messages): string {
  return fictitious ? `${t.find.nouns[noun]} · ${t.find.fictitious}` : t.find.nouns[noun];
}

/** Where a suggestion leads. */
export function placeOf({ noun, slug, question }: Suggestion) {
  const params = { slug };
  return noun === "call" || question !== null
    ? {
        to: "/appels/$slug" as const,
        params,
        ...(question !== null && { hash: `question-${question}` }),
      }
    : { to: "/etapes/$slug" as const, params };
}

/** Calls, questions, stops and sessions whose name begins like what is being typed. */
export function useSuggestions(value: string): readonly Suggestion[] {
  const words = useDebounced(value.trim(), PAUSE);
  const { data } = $api.useQuery(
    "get",
    "/api/v1/suggest",
    { params: { query: { q: words } } },
    { enabled: words.length >= ENOUGH_LETTERS, placeholderData: keepPreviousData },
  );
  return value.trim().length >= ENOUGH_LETTERS ? (data?.items ?? []) : [];
}
