import { createFileRoute, useNavigate } from "@tanstack/react-router";
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
  return (
    <Page title={t.funding.title}>
      <h1>{t.funding.title}</h1>
      <SearchBox
        label={t.funding.searchLabel}
        placeholder={t.funding.searchHint}
        value={q}
        onChange={(typed) =>
          void navigate({ search: typed === "" ? {} : { q: typed }, replace: true })
        }
        onSubmit={() => undefined}
        takesFocus
      />
    </Page>
  );
}
