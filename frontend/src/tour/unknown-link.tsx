import { useI18n } from "#i18n/context.tsx";
import { LinkButton } from "#ui/button.tsx";
import { Page } from "#ui/page.tsx";
import { EmptyState } from "#ui/states.tsx";
import { Unlisted } from "#ui/unlisted.tsx";

/** A link that opens no registration, or a `code` no group: never sent, badly copied, or erased since. */
export function UnknownLink({ code }: { code?: string }) {
  const { t } = useI18n();
  const { mine, group } = t.registration;
  const { title, detail } = code === undefined ? mine.unknown : group.unknown(code);
  return (
    <Page title={title} narrow>
      <Unlisted />
      <EmptyState
        as="h1"
        title={title}
        actions={<LinkButton to="/tour">{t.registration.seeTour}</LinkButton>}
      >
        {detail}
      </EmptyState>
    </Page>
  );
}
