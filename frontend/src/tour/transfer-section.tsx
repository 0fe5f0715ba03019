import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api } from "#api/client.ts";
import { createKeyring } from "#api/keyring.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Field, TextInput } from "#ui/field.tsx";
import { Form } from "#ui/form.tsx";
import { Section } from "#ui/page.tsx";

const PATH = "/api/v1/registrations/{token}/transfer";

/** Offers one's seats to a colleague, who accepts or not; until then one may take them back. */
export function TransferSection({ token }: { token: string }) {
  const { locale, t } = useI18n();
  const queryClient = useQueryClient();
  const [keyring] = useState(createKeyring);
  const params = { path: { token } };
  const { data } = $api.useQuery("get", PATH, { params });
  const onSettled = async (_: unknown, error: unknown) => {
    keyring.settle(error);
    await queryClient.invalidateQueries();
  };
  const offer = $api.useMutation("post", PATH, { onSettled });
  const takeBack = $api.useMutation("delete", PATH, { onSettled });
  const words = t.registration.transfer;
  if (data === undefined) {
    return null;
  }
  if (data.offered !== null) {
    return (
      <Section title={words.title}>
        <p>{words.offered(data.offered.name, data.offered.email)}</p>
        <Form error={takeBack.error} onSubmit={() => takeBack.mutate({ params })}>
          <div className="row">
            <Button type="submit" look="secondary" busy={takeBack.isPending}>
              {words.takeBack}
            </Button>
          </div>
        </Form>
      </Section>
    );
  }

  function send(form: FormData) {
    const [name, email] = [form.get("name"), form.get("email")];
    const body = {
      name: typeof name === "string" ? name.trim() : "",
      email: typeof email === "string" ? email.trim() : "",
      language: locale,
    };
    const header = { "Idempotency-Key": keyring.keyFor(body) };
    offer.mutate({ params: { ...params, header }, body });
  }

  return (
    <Section title={words.title}>
      <details>
        <summary>{words.start}</summary>
        <p className="soft small">{words.lead}</p>
        <Form error={offer.error} onSubmit={send}>
          <Field name="name" label={words.name}>
            <TextInput autoComplete="off" />
          </Field>
          <Field name="email" label={words.email}>
            <TextInput type="email" autoComplete="off" />
          </Field>
          <Button type="submit" busy={offer.isPending}>
            {offer.isPending ? t.ui.sending : words.send}
          </Button>
        </Form>
      </details>
    </Section>
  );
}
