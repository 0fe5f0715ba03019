import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { LinkButton } from "#ui/button.tsx";
import { EmptyState } from "#ui/states.tsx";
import { Relief } from "./relief.tsx";
import type { CallSearch } from "./search.ts";

/** Nothing found: which filter or words to drop, and what each would show. */
export function NoCalls({ page, search }: { page: Schema<"CallPage">; search: CallSearch }) {
  const { t } = useI18n();
  const helps = page.relief.length > 0;
  return (
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
  );
}
