import { useI18n } from "#i18n/context.tsx";
import { LinkButton } from "#ui/button.tsx";
import { Page, Section } from "#ui/page.tsx";
import { EmptyState } from "#ui/states.tsx";
import { Unlisted } from "#ui/unlisted.tsx";
import { LostLink } from "./lost-link.tsx";

/** A link that opens no registration, no group or no offer: never sent, badly copied, erased or over since. */
export function UnknownLink({ of = "mine" }: { of?: "mine" | "group" | "transfer" }) {
  const { t } = useI18n();
  const { title, detail } = t.registration[of].unknown;
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
      <Section title={t.registration.lost.title}>
        <LostLink />
      </Section>
    </Page>
  );
}
