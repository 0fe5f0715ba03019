import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { JournalPage } from "#identity/journal-page.tsx";
import { filtersIn } from "#identity/journal-search.ts";
import { enter, word } from "./-doors.ts";

type Search = Record<string, unknown>;
type Filters = {
  personne?: string | undefined;
  objet?: string | undefined;
  jour?: string | undefined;
};

export const Route = createFileRoute("/gestion/journal")({
  validateSearch: ({ personne, objet, jour }: Search): Filters => ({
    personne: word(personne),
    objet: word(objet),
    jour: word(jour),
  }),
  loader: enter,
  component: Journal,
});

function Journal() {
  const navigate = useNavigate({ from: Route.fullPath });
  return (
    <JournalPage
      search={filtersIn(Route.useSearch())}
      onSearch={(search) => void navigate({ search, resetScroll: false })}
    />
  );
}
