import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { timeText } from "#i18n/dates.ts";
import { Button } from "#ui/button.tsx";
import { Field, TextInput } from "#ui/field.tsx";
import { Form } from "#ui/form.tsx";
import { Page } from "#ui/page.tsx";
import { Unlisted } from "#ui/unlisted.tsx";
import { HOME } from "./at.tsx";
import { useGoOn } from "./go-on.ts";
import { typed } from "./proof.tsx";
import { missing } from "./refusals.ts";

/** Where a code was asked for, and until when it serves. */
export type Asked = { email: string; until: string };

/** Types the code of the mail, in the browser that asked. What is said is the same, whoever asked. */
export function MailedCode({ asked, onAgain }: { asked: Asked; onAgain: () => void }) {
  const i18n = useI18n();
  const words = i18n.t.team.entry.code;
  const goOn = useGoOn();
  const heading = useRef<HTMLDivElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const spend = $api.useMutation("post", "/api/v1/sign-in/proof");
  const signIn = useMutation({
    mutationFn: async (code: string) => {
      if (code === "") {
        throw missing("code", words.empty);
      }
      await spend.mutateAsync({ body: { code } });
    },
    onSuccess: goOn,
  });
  return (
    <Page title={words.title} narrow>
      <Unlisted />
      <div ref={heading} tabIndex={-1} className="stack">
        <h1>{words.title}</h1>
        <p className="lead">{words.sent(asked.email)}</p>
        <p className="soft">{words.until(timeText(asked.until, HOME, i18n))}</p>
      </div>
      <Form error={signIn.error} onSubmit={(data) => signIn.mutate(typed(data, "code"))}>
        <Field name="code" label={words.label} hint={words.hint}>
          <TextInput autoComplete="one-time-code" autoCapitalize="characters" spellCheck={false} />
        </Field>
        <div className="row">
          <Button type="submit" busy={signIn.isPending}>
            {words.submit}
          </Button>
          <Button look="plain" onClick={onAgain}>
            {words.again}
          </Button>
        </div>
      </Form>
    </Page>
  );
}
