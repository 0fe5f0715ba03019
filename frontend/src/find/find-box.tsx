import { useNavigate } from "@tanstack/react-router";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { SuggestBox } from "#ui/suggest-box.tsx";
import { groupOf, idOf, placeOf, useSuggestions } from "./suggestions.ts";

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
  const items = useSuggestions(value).filter(({ noun }) => besides?.includes(noun) !== true);

  function go(id: string) {
    const picked = items.find((item) => idOf(item) === id);
    if (picked !== undefined) {
      void navigate(placeOf(picked));
    }
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
        group: groupOf(item, t),
        label: <Text of={item.name} />,
      }))}
      onPick={go}
    />
  );
}
