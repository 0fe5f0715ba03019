import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { $api } from "#api/client.ts";
import { createKeyring } from "#api/keyring.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { Button } from "#ui/button.tsx";
import { Field, TextInput } from "#ui/field.tsx";
import { Form } from "#ui/form.tsx";
import { Notice } from "#ui/notice.tsx";
import { Page } from "#ui/page.tsx";
import { Unlisted } from "#ui/unlisted.tsx";
import { InstantOf } from "./clock.tsx";
import { ConsentField, consentOf } from "./consent-field.tsx";
import { GroupSeats } from "./group-seats.tsx";
import { PersonFields, personOf } from "./person-fields.tsx";

/** What a group's code opens: its stop, its sessions, and one's own place in it. */
export function GroupPage({ code, group }: { code: string; group: Schema<"GroupRead"> }) {
  const { locale, t } = useI18n();
  const [keyring] = useState(createKeyring);
  const [email, setEmail] = useState("");
  const come = $api.useMutation("post", "/api/v1/groups/{code}/registrations", {
    onSettled: (_, error) => keyring.settle(error),
  });
  const words = t.registration;
  const { stop, name, unclaimed, claim_until: until } = group;

  function send(data: FormData) {
    const address = data.get("email");
    const body = {
      ...personOf(data),
      consent: consentOf(data),
      email: typeof address === "string" ? address.trim() : "",
    };
    setEmail(body.email);
    const header = { "Idempotency-Key": keyring.keyFor(body) };
    come.mutate({ params: { path: { code }, header }, body });
  }

  return (
    <Page title={words.group.tab(name)} narrow fictitious={stop.fictitious}>
      <Unlisted />
      <header className="stack">
        <p className="soft">{words.group.with}</p>
        <h1>{name}</h1>
        <p>
          <Link to="/etapes/$slug" params={{ slug: stop.slug }}>
            <Text of={stop.name} />
          </Link>
        </p>
      </header>
      <GroupSeats seats={group.seats} />
      {come.isSuccess ? (
        <Notice tone="good" title={words.outcome.confirmedTitle} live>
          <p>
            {words.outcome.mail(email)} {words.outcome.mailHint}
          </p>
          {stop.fictitious && (
            <p>
              <Link to="/demo/courrier">{words.outcome.inbox}</Link>
            </p>
          )}
        </Notice>
      ) : unclaimed === 0 ? (
        <Notice tone="point">{words.group.complete}</Notice>
      ) : (
        <>
          <p className="soft small">
            {words.group.left(unclaimed)} <InstantOf at={until} zone={stop.zone} />.{" "}
            {words.group.told}
          </p>
          <Form error={come.error} onSubmit={send}>
            <PersonFields person={{ language: locale }}>
              <Field name="email" label={words.email} hint={words.emailHint}>
                <TextInput type="email" autoComplete="email" />
              </Field>
            </PersonFields>
            <ConsentField />
            <Button type="submit" busy={come.isPending}>
              {come.isPending ? t.ui.sending : words.group.come}
            </Button>
          </Form>
        </>
      )}
    </Page>
  );
}
