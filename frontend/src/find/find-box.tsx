import { useNavigate } from "@tanstack/react-router";
import { keepPreviousData } from "@tanstack/react-query";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { useDebounced } from "#ui/debounce.ts";
import { SuggestBox } from "#ui/suggest-box.tsx";

const PAUSE = 120;
const ENOUGH_LETTERS = 2;

type Suggestion = Schema<"Suggestion">;

/** Two sessions of one stop, or questions about one call, share its slug: the name tells them apart. */
function idOf({ noun, slug, name }: Suggestion): string {
  return `${noun} ${slug} ${name.fr}`;
}

/**
 * The search box of the site, which suggests calls, questions, stops and sessions by their name, `besides` those that the page
 * already shows.
 */
export function FindBox({
  value,
  onChange,
  onSubmit,
  besides,
  look = "menu",
  takesFocus = false,
}: {
  value: string;
  onChange: (value: string) => void;
  onSubmit: () => void;
  besides?: readonly Schema<"Noun">[];
  look?: "menu" | "row";
  takesFocus?: boolean;
}) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const words = useDebounced(value.trim(), PAUSE);
  const { data } = $api.useQuery(
    "get",
    "/api/v1/suggest",
    { params: { query: { q: words } } },
    { enabled: words.length >= ENOUGH_LETTERS, placeholderData: keepPreviousData },
  );
  const typed = value.trim().length >= ENOUGH_LETTERS;
  const items = typed
    ? (data?.items ?? []).filter(({ noun }) => besides?.includes(noun) !== true)
    : [];

  function go(id: string) {
    const picked = items.find((item) => idOf(item) === id);
    if (picked === undefined) {
      return;
    }
    const { slug, question } = picked;
    const params = { slug };
    void navigate(
      picked.noun === "call" || question !== null
        ? {
            to: "/appels/$slug",
            params,
            ...(question !== null && { hash: `question-${question}` }),
          }
        : { to: "/etapes/$slug", params },
    );
  }

  return (
    <SuggestBox
      label={t.find.label}
      placeholder={t.find.hint}
      value={value}
      onChange={onChange}
      onSubmit={onSubmit}
      takesFocus={takesFocus}
      look={look}
      options={items.map((item) => ({
        id: idOf(item),
        group: item.fictitious
          ? `${t.find.nouns[item.noun]} · ${t.find.fictitious}`
          : t.find.nouns[item.noun],
        label: <Text of={item.name} />,
      }))}
      onPick={go}
    />
  );
}
