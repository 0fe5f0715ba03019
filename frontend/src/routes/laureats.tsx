import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { useTypedWords } from "#find/typed-words.ts";
import { type AwardSearch, wordsOf } from "#funding/award-search.ts";
import { AwardsPage } from "#funding/awards-page.tsx";
import { useI18n } from "#i18n/context.tsx";
import { SearchBox } from "#ui/search-box.tsx";

export const Route = createFileRoute("/laureats")({
  // The page reads what it understands of its address: no first load pays for it.
  validateSearch: (search: AwardSearch) => search,
  loader: ({ context: { learn } }) => learn("awards"),
  component: Laureates,
});

function Laureates() {
  const { t } = useI18n();
  const search = Route.useSearch();
  const navigate = useNavigate({ from: "/laureats" });
  const { typed, type, submit } = useTypedWords(wordsOf(search), (q) => {
    const { q: _, ...rest } = search;
    void navigate({ search: q === "" ? rest : { ...rest, q }, replace: true, resetScroll: false });
  });
  return (
    <AwardsPage
      search={search}
      onSearch={(to) => void navigate({ search: to, resetScroll: false })}
      box={<SearchBox label={t.awards.search} value={typed} onChange={type} onSubmit={submit} />}
    />
  );
}
