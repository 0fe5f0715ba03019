import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useI18n } from "#i18n/context.tsx";
import { Page } from "#ui/page.tsx";
import { SearchBox } from "#ui/search-box.tsx";

/** The URL is the page's state; what it does not understand is left out. */
function validateSearch({ q }: Record<string, unknown>): { q?: string } {
  return typeof q === "string" && q !== "" ? { q } : {};
}

export const Route = createFileRoute("/appels/")({ validateSearch, component: Calls });

function Calls() {
  const { t } = useI18n();
  const { q = "" } = Route.useSearch();
  const navigate = useNavigate({ from: Route.fullPath });
  const [typed, setTyped] = useState(q);

  function search(words: string) {
    setTyped(words);
    void navigate({ search: words === "" ? {} : { q: words }, replace: true });
  }

  return (
    <Page title={t.funding.title}>
      <h1>{t.funding.title}</h1>
      <SearchBox
        label={t.funding.searchLabel}
        placeholder={t.funding.searchHint}
        value={typed}
        onChange={search}
        onSubmit={() => search(typed)}
        takesFocus
      />
    </Page>
  );
}
