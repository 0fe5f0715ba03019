import { useMutation } from "@tanstack/react-query";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Field, TextInput } from "#ui/field.tsx";
import { Form } from "#ui/form.tsx";
import { inWords, showPasskey } from "./passkeys.ts";
import { missing } from "./refusals.ts";

type Held = Schema<"SecondFactors">;
type Kind = "authenticator" | "recovery_code";

/** Shows one of the second factors that somebody has; `onProved` goes on with what it was asked for. */
export function Proof({ held, onProved }: { held: Held; onProved: () => void }) {
  const { t } = useI18n();
  const words = t.team.entry.second;
  const options = $api.useMutation("post", "/api/v1/me/proofs/options");
  const prove = $api.useMutation("post", "/api/v1/me/proofs", { onSuccess: onProved });
  const passkey = useMutation({
    mutationFn: async () => {
      const { options: asked } = await options.mutateAsync({});
      const credential = await showPasskey(asked);
      await prove.mutateAsync({ body: { kind: "passkey", credential } });
    },
  });
  return (
    <div className="stack">
      {held.passkeys > 0 && (
        <Form
          error={inWords(passkey.error, t.team.entry.passkey)}
          onSubmit={() => passkey.mutate()}
        >
          <div>
            <Button type="submit" busy={passkey.isPending}>
              {words.passkey}
            </Button>
          </div>
        </Form>
      )}
      {held.authenticator && (
        <CodeProof
          kind="authenticator"
          words={{
            label: words.app,
            hint: words.appHint,
            empty: words.appEmpty,
            submit: words.confirm,
          }}
          primary={held.passkeys === 0}
          onProved={onProved}
        />
      )}
      {held.recovery_codes > 0 && (
        <details>
          <summary>{words.recovery}</summary>
          <CodeProof
            kind="recovery_code"
            words={{
              label: words.recoveryLabel,
              hint: words.recoveryHint,
              empty: words.recoveryEmpty,
              submit: words.recoverySubmit,
            }}
            primary={false}
            onProved={onProved}
          />
        </details>
      )}
    </div>
  );
}

/** A code that one types: the app's, or one kept for the day it is lost. */
function CodeProof({
  kind,
  words,
  primary,
  onProved,
}: {
  kind: Kind;
  words: { label: string; hint: string; empty: string; submit: string };
  primary: boolean;
  onProved: () => void;
}) {
  const send = $api.useMutation("post", "/api/v1/me/proofs");
  const prove = useMutation({
    mutationFn: async (code: string) => {
      if (code === "") {
        throw missing("code", words.empty);
      }
      await send.mutateAsync({ body: { kind, code } });
    },
    onSuccess: onProved,
  });
  return (
    <Form error={prove.error} onSubmit={(data) => prove.mutate(typed(data, "code"))}>
      <Field name="code" label={words.label} hint={words.hint}>
        <TextInput
          autoComplete={kind === "authenticator" ? "one-time-code" : "off"}
          inputMode={kind === "authenticator" ? "numeric" : "text"}
          spellCheck={false}
        />
      </Field>
      <div>
        <Button type="submit" look={primary ? "primary" : "secondary"} busy={prove.isPending}>
          {words.submit}
        </Button>
      </div>
    </Form>
  );
}

/** What somebody typed in a field, without the spaces around it. */
export function typed(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === "string" ? value.trim() : "";
}
