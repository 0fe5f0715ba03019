import { useState } from "react";
import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Field, TextInput } from "#ui/field.tsx";
import { Form } from "#ui/form.tsx";
import { Notice } from "#ui/notice.tsx";
import css from "./registration.module.css";

/** Asks for one's link again, by mail; the answer is the same whoever asks. */
export function LostLink({ stop }: { stop?: string }) {
  const { locale, t } = useI18n();
  const words = t.registration.lost;
  const ask = $api.useMutation("post", "/api/v1/registrations/lost-link");
  if (ask.isSuccess) {
    return (
      <Notice tone="info" live>
        {words.asked}
      </Notice>
    );
  }
  return (
    <Form
      error={ask.error}
      onSubmit={(data) => {
        const email = data.get("email");
        ask.mutate({
          body: {
            email: typeof email === "string" ? email.trim() : "",
            stop: stop ?? null,
            language: locale,
          },
        });
      }}
    >
      <p className="small soft">{words.lead}</p>
      <Field name="email" label={t.registration.email}>
        <TextInput type="email" autoComplete="email" />
      </Field>
      <Button type="submit" look="secondary" busy={ask.isPending}>
        {ask.isPending ? t.ui.sending : words.ask}
      </Button>
    </Form>
  );
}

/** The same, folded away beside a form that most people came for. */
export function LostLinkFold({ stop }: { stop: string }) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  return (
    <details className={css.lost} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t.registration.lost.title}</summary>
      {open && <LostLink stop={stop} />}
    </details>
  );
}
