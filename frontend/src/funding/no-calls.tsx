import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { LinkButton } from "#ui/button.tsx";
import { Card, CardTitle } from "#ui/card.tsx";
import { EmptyState } from "#ui/states.tsx";
import { filtersOf } from "./deadline-search.ts";
import { Relief } from "./relief.tsx";
import type { CallSearch } from "./search.ts";
import { Subscribe } from "#ui/subscribe.tsx";

/** Nothing found: which filter or words to drop, what each would show; and how to learn of what will be found. */
export function NoCalls({ page, search }: { page: Schema<"CallPage">; search: CallSearch }) {
  const { t } = useI18n();
  const helps = page.relief.length > 0;
  return (
    <>
      <EmptyState
        title={t.call.found.nothing}
        actions={
          <>
            <Relief page={page} search={search} />
            <LinkButton look={helps ? "plain" : "primary"} to="/appels">
              {t.call.found.all}
            </LinkButton>
          </>
        }
      >
        <p>{helps ? t.call.found.widen : t.call.found.otherWords}</p>
      </EmptyState>
      <Card as="section">
        <CardTitle as="h2">{t.call.found.alert.title}</CardTitle>
        <Subscribe
          path="/calendars/calls.ics"
          search={filtersOf(search)}
          lead={t.call.found.alert.lead}
        />
      </Card>
    </>
  );
}
