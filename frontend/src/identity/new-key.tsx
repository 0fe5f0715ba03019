import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/choice.tsx";
import { Field, TextInput } from "#ui/field.tsx";
import { Form } from "#ui/form.tsx";
import { useAct } from "./grave.tsx";
import { daysIn, KeyDays } from "./key-days.tsx";
import { typed } from "./proof.tsx";

/** `read` comes with every key. */
const CHOSEN = ["manage:directory", "manage:funding", "manage:tour"] as const;

/** Makes a key that acts for the member who asks. */
export function NewKey({ onDone }: { onDone: (key: Schema<"ApiKeyShown">) => void }) {
  const { t } = useI18n();
  const words = t.team.keys;
  const make = useAct($api.useMutation("post", "/api/v1/me/api-keys"), onDone);
  return (
    <Form
      error={make.error}
      onSubmit={(data) =>
        make.mutate({
          body: {
            name: typed(data, "name"),
            scopes: ["read", ...CHOSEN.filter((scope) => data.has(scope))],
            expires_in_days: daysIn(data),
          },
        })
      }
    >
      <Field name="name" label={words.name} hint={words.nameHint}>
        <TextInput autoComplete="off" />
      </Field>
      <fieldset>
        <legend className="small">
          <b>{words.scopes}</b>
        </legend>
        <Checkbox name="read" label={words.scopeNames.read} checked disabled readOnly />
        {CHOSEN.map((scope) => (
          <Checkbox key={scope} name={scope} label={words.scopeNames[scope]} />
        ))}
      </fieldset>
      <KeyDays />
      <div>
        <Button type="submit" busy={make.isPending}>
          {words.make}
        </Button>
      </div>
    </Form>
  );
}
