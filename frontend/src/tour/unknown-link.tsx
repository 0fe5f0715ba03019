import { useI18n } from "#i18n/context.tsx";
import { LinkButton } from "#ui/button.tsx";
import { Page } from "#ui/page.tsx";
import { EmptyState } from "#ui/states.tsx";
import { Unlisted } from "#ui/unlisted.tsx";

/** A link that opens no registration: never sent, badly copied, or erased since. */
export function UnknownLink() {
  const { t } = useI18n();
  const { title, detail } = t.registration.mine.unknown;
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
