import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Field, TextInput } from "#ui/field.tsx";
import { Form } from "#ui/form.tsx";
import { browserName } from "./browsers.ts";
import { useAct } from "./grave.tsx";
import { inWords, makePasskey } from "./passkeys.ts";
import { typed } from "./proof.tsx";
import { missing } from "./refusals.ts";

/** Makes a passkey in this browser and has the API keep it, under a name of its owner's. */
export function NewPasskey({ onDone, primary }: { onDone: () => void; primary: boolean }) {
  const { t } = useI18n();
  const words = t.team.entry.enrol;
  const options = $api.useMutation("post", "/api/v1/me/passkeys/options");
  const add = $api.useMutation("post", "/api/v1/me/passkeys");
  const create = useAct(
    {
      mutateAsync: async (name: string) => {
        if (name === "") {
          throw missing("name", words.nameEmpty); // before the device keeps a key that we refuse
        }
        const { options: asked } = await options.mutateAsync({});
        const credential = await makePasskey(asked);
        await add.mutateAsync({ body: { name, credential } });
      },
    },
    onDone,
  );
  return (
    <Form
      error={inWords(create.error, t.team.entry.passkey)}
      onSubmit={(data) => create.mutate(typed(data, "name"))}
    >
      <Field name="name" label={words.name} hint={words.nameHint}>
        <TextInput autoComplete="off" defaultValue={browserName(navigator.userAgent) ?? ""} />
      </Field>
      <div>
        <Button type="submit" look={primary ? "primary" : "secondary"} busy={create.isPending}>
          {words.create}
        </Button>
      </div>
    </Form>
  );
}
