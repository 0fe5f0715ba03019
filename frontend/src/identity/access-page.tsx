import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { Section } from "#ui/page.tsx";
import { Authenticator } from "./authenticator.tsx";
import { Browsers } from "./signed-browsers.tsx";
import { ME } from "./me.ts";
import { Passkeys } from "./passkeys-held.tsx";
import { Space } from "./space.tsx";

/** What proves that it is oneself, and the browsers that are signed in. */
export function AccessPage() {
  const { t } = useI18n();
  const words = t.team.access;
  const { data: me } = $api.useSuspenseQuery("get", ME);
  return (
    <Space title={words.title} lead={words.lead}>
      <Section title={words.passkeys}>
        <Passkeys />
      </Section>
      {me.second_factors !== null && (
        <Section title={words.app}>
          <Authenticator held={me.second_factors} />
        </Section>
      )}
      <Section title={words.browsers}>
        <Browsers />
      </Section>
    </Space>
  );
}
