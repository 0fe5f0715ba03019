import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Facts } from "#ui/facts.tsx";
import { Field, Select, TextInput } from "#ui/field.tsx";
import { Form } from "#ui/form.tsx";
import { Page } from "#ui/page.tsx";
import { Skeleton } from "#ui/states.tsx";
import { Unlisted } from "#ui/unlisted.tsx";
import { useGoOn } from "./go-on.ts";
import { typed } from "./proof.tsx";
import { RoleList } from "./role-list.tsx";
import { UnknownInvitation } from "./unknown-invitation.tsx";

/** What an invitation's link opens. Asking what it is for spends nothing. */
export function WelcomePage({ token }: { token: string }) {
  const { data, error } = $api.useQuery("post", "/api/v1/invitations/open", { body: { token } });
  if (error !== null) {
    return <UnknownInvitation error={error} />;
  }
  return data === undefined ? <Opening /> : <Invitation token={token} invitation={data} />;
}

function Opening() {
  const { t } = useI18n();
  return (
    <Page title={t.team.entry.welcome.title} narrow>
      <h1>{t.team.entry.welcome.title}</h1>
      <Skeleton />
    </Page>
  );
}

/** Who is invited, to what, and the press that takes it. */
function Invitation({
  token,
  invitation: { kind, name, email, roles },
}: {
  token: string;
  invitation: Schema<"InvitationOpened">;
}) {
  const { locale, t } = useI18n();
  const words = t.team.entry.welcome;
  const accept = $api.useMutation("post", "/api/v1/invitations/accept", { onSuccess: useGoOn() });
  const isFirst = kind === "first";
  const title = name === null ? words.title : words.hello(name);

  function take(data: FormData) {
    const said = kind === "recovery" ? {} : { name: typed(data, "name") || null };
    const first = isFirst ? { email: typed(data, "email") || null } : {};
    const language = data.get("language") === "en" ? "en" : "fr";
    accept.mutate({
      body: { token, ...said, ...first, ...(kind !== "recovery" && { language }) },
    });
  }

  return (
    <Page title={title} narrow>
      <Unlisted />
      <header className="stack">
        <h1>{title}</h1>
        <p className="lead">{words[kind]}</p>
      </header>
      {!isFirst && (
        <Facts
          look="list"
          facts={[
            { term: words.address, value: email },
            ...(roles.length > 0 ? [{ term: words.roles, value: <RoleList roles={roles} /> }] : []),
          ]}
        />
      )}
      <Form error={accept.error} onSubmit={take}>
        {kind !== "recovery" && (
          <>
            <Field name="name" label={words.name}>
              <TextInput autoComplete="name" defaultValue={name ?? ""} />
            </Field>
            {isFirst && (
              <Field name="email" label={words.email} hint={words.emailHint}>
                <TextInput type="email" autoComplete="email" />
              </Field>
            )}
            <Field name="language" label={words.language}>
              <Select
                defaultValue={locale}
                options={[
                  { value: "fr", label: words.languages.fr },
                  { value: "en", label: words.languages.en },
                ]}
              />
            </Field>
          </>
        )}
        <p className="soft small">{words.next}</p>
        <div>
          <Button type="submit" busy={accept.isPending}>
            {words.accept[kind]}
          </Button>
        </div>
      </Form>
    </Page>
  );
}
