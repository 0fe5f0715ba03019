import { keepPreviousData } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { useDebounced } from "#ui/debounce.ts";
import { SuggestBox, type SuggestedOption } from "#ui/suggest-box.tsx";
import { actsFor } from "./acts.ts";
import { groupOf, idOf, placeOf, type Suggestion, useSuggestions } from "./suggestions.ts";

const PAUSE = 250;
const ENOUGH_LETTERS = 3;
const OF_EACH = 3;
const SEARCH = "search";

/** What was found by its sense, said as what is suggested by its name. */
function suggestionsIn(found: Schema<"Findings">): Suggestion[] {
  return [
    ...found.calls.items.map((call) => ({ ...call, noun: "call" as const, question: null })),
    ...found.questions.items.map(({ slug, question, call }) => ({
      noun: "question" as const,
      slug: call.slug,
      question: slug,
      name: question,
      fictitious: call.fictitious,
    })),
    ...found.stops.items.map((stop) => ({ ...stop, noun: "stop" as const, question: null })),
    ...found.sessions.items.map(({ title, stop: { slug, fictitious } }) => ({
      noun: "session" as const,
      slug,
      question: null,
      name: title,
      fictitious,
    })),
  ];
}

/**
 * One box that finds and acts: what it does and where it leads first, then what has the words in its name, then what they
 * are about. What comes from the network is never first: Enter does what was seen.
 */
export function Palette({
  pathname,
  onDone,
  onKeys,
}: {
  pathname: string;
  onDone: () => void;
  onKeys: () => void;
}) {
  const i18n = useI18n();
  const words = i18n.t.palette;
  const navigate = useNavigate();
  const [value, setValue] = useState("");
  const typed = value.trim();
  const asked = useDebounced(typed, PAUSE);
  const { data } = $api.useQuery(
    "get",
    "/api/v1/search",
    { params: { query: { q: asked, limit: OF_EACH } } },
    { enabled: asked.length >= ENOUGH_LETTERS, placeholderData: keepPreviousData },
  );
  const named = useSuggestions(value);
  const about = typed.length < ENOUGH_LETTERS || data === undefined ? [] : suggestionsIn(data);
  const found = new Map([...named, ...about].map((item) => [idOf(item), item]));
  const acts = actsFor(typed, i18n, pathname, onKeys);

  function search() {
    onDone();
    void navigate({ to: "/appels", search: typed === "" ? {} : { q: typed } });
  }

  function pick(id: string) {
    const act = acts.find((each) => each.id === id);
    const item = found.get(id);
    if (act === undefined && item === undefined) {
      search();
      return;
    }
    onDone();
    if (act !== undefined && "run" in act) {
      act.run();
    } else if (act !== undefined) {
      void navigate(act.to);
    } else if (item !== undefined) {
      void navigate(placeOf(item));
    }
  }

  const options: SuggestedOption[] = acts.map(({ id, label, acts: isAct }) => ({
    id,
    label,
    group: isAct === true ? words.act : words.page,
  }));
  if (typed !== "") {
    options.push({ id: SEARCH, label: words.search(typed), group: words.find });
  }
  for (const [id, item] of found) {
    options.push({ id, label: <Text of={item.name} />, group: groupOf(item, i18n.t) });
  }

  return (
    <SuggestBox
      label={words.label}
      placeholder={words.hint}
      value={value}
      onChange={setValue}
      onSubmit={search}
      onPick={pick}
      options={options}
      look="palette"
      takesFocus
    />
  );
}
