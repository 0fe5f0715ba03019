import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { AnchorButton, Button } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { Field, TextInput } from "#ui/field.tsx";
import { Form } from "#ui/form.tsx";
import { Notice } from "#ui/notice.tsx";
import { Page } from "#ui/page.tsx";
import { Unlisted } from "#ui/unlisted.tsx";
import { useGoOn } from "./go-on.ts";
import { type Asked, MailedCode } from "./mailed-code.tsx";
import { inWords, showPasskey } from "./passkeys.ts";
import { typed } from "./proof.tsx";

/** Where a member comes in: a passkey at once, a code by mail, or the identity provider. `refused` is why they are back. */
export function SignInPage({
  methods,
  refused,
}: {
  methods: Schema<"SignInMethods">;
  refused: string | null;
}) {
  const { t } = useI18n();
  const words = t.team.entry.signIn;
  const [asked, setAsked] = useState<Asked | null>(null);
  if (asked !== null) {
    return <MailedCode asked={asked} onAgain={() => setAsked(null)} />;
  }
  return (
    <Page title={words.title} narrow>
      <Unlisted />
      <header className="stack">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
      </header>
      {refused !== null && (
        <Notice tone="alarm" title={t.team.entry.refused.title} live>
          {t.team.entry.refused.codes[refused] ?? t.team.entry.refused.other}
        </Notice>
      )}
      <Card as="section">
        <ByPasskey />
      </Card>
      <Card as="section">
        <h2>{words.byMail}</h2>
        <ByMail onAsked={setAsked} />
      </Card>
      {methods.provider !== null && (
        <Card as="section">
          <h2>{words.elsewhere}</h2>
          <p>
            <AnchorButton href="/api/v1/sign-in/oidc" look="secondary">
              {words.provider(methods.provider)}
            </AnchorButton>
          </p>
        </Card>
      )}
      <p className="soft small">{words.notMember}</p>
    </Page>
  );
}

function ByPasskey() {
  const { t } = useI18n();
  const goOn = useGoOn();
  const options = $api.useMutation("post", "/api/v1/sign-in/passkey/options");
  const show = $api.useMutation("post", "/api/v1/sign-in/passkey");
  const signIn = useMutation({
    mutationFn: async () => {
      const { options: asked } = await options.mutateAsync({});
      await show.mutateAsync({ body: await showPasskey(asked) });
    },
    onSuccess: goOn,
  });
  return (
    <Form error={inWords(signIn.error, t.team.entry.passkey)} onSubmit={() => signIn.mutate()}>
      <div>
        <Button type="submit" busy={signIn.isPending}>
          {t.team.entry.signIn.passkey}
        </Button>
      </div>
      <p className="soft small">{t.team.entry.signIn.passkeyHint}</p>
    </Form>
  );
}

function ByMail({ onAsked }: { onAsked: (asked: Asked) => void }) {
  const { locale, t } = useI18n();
  const words = t.team.entry.signIn;
  const ask = $api.useMutation("post", "/api/v1/sign-in", {
    onSuccess: ({ expires_at: until }, { body: { email } }) => onAsked({ email, until }),
  });
  return (
    <Form
      error={ask.error}
      onSubmit={(data) => ask.mutate({ body: { email: typed(data, "email"), language: locale } })}
    >
      <Field name="email" label={words.email} hint={words.emailHint}>
        <TextInput type="email" autoComplete="email" />
      </Field>
      <div>
        <Button type="submit" look="secondary" busy={ask.isPending}>
          {words.ask}
        </Button>
      </div>
    </Form>
  );
}
