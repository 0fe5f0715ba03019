import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Field, Select, TextInput } from "#ui/field.tsx";
import { Form } from "#ui/form.tsx";
import { grantsOf } from "./grants.ts";
import { useAct } from "./grave.tsx";
import { typed } from "./proof.tsx";
import { RoleFields } from "./role-fields.tsx";

/** Invites somebody by mail, with the roles that they will have. */
export function InviteForm({ onDone }: { onDone: (name: string) => void }) {
  const { locale, t } = useI18n();
  const words = t.team.members;
  const { languages } = t.team.entry.welcome;
  const invite = useAct($api.useMutation("post", "/api/v1/manage/invitations"), ({ name }) =>
    onDone(name),
  );
  return (
    <Form
      error={invite.error}
      onSubmit={(data) =>
        invite.mutate({
          body: {
            name: typed(data, "name"),
            email: typed(data, "email"),
            language: data.get("language") === "en" ? "en" : "fr",
            roles: grantsOf(data),
          },
        })
      }
    >
      <Field name="name" label={words.name}>
        <TextInput autoComplete="off" />
      </Field>
      <Field name="email" label={words.email}>
        <TextInput type="email" autoComplete="off" />
      </Field>
      <RoleFields roles={[]} />
      <Field name="language" label={words.language}>
        <Select
          defaultValue={locale}
          options={[
            { value: "fr", label: languages.fr },
            { value: "en", label: languages.en },
          ]}
        />
      </Field>
      <p className="soft small">{words.sendHint}</p>
      <div>
        <Button type="submit" busy={invite.isPending}>
          {words.send}
        </Button>
      </div>
    </Form>
  );
}
