import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { dayText, isoDay } from "#i18n/dates.ts";
import { Button } from "#ui/button.tsx";
import { Field, Select, TextInput } from "#ui/field.tsx";
import { Form } from "#ui/form.tsx";
import { Notice } from "#ui/notice.tsx";
import { Page } from "#ui/page.tsx";
import { Unlisted } from "#ui/unlisted.tsx";
import { CodeBlock } from "./code-block.tsx";

const DAYS = ["30", "90", "365", "730"] as const;
const HOME = "Europe/Paris";

/** What the address asks for: a key, the one that a mailed link gives, or the end of one. */
export type KeySearch = { lien?: string; revocation?: string };

export function KeyPage({ search: { lien, revocation } }: { search: KeySearch }) {
  const { t } = useI18n();
  const { title, back } = t.developers.key;
  return (
    <Page title={title} narrow>
      <Unlisted />
      <nav aria-label={back}>
        <Link to="/developpeurs">← {back}</Link>
      </nav>
      {lien !== undefined ? (
        <Take token={lien} />
      ) : revocation !== undefined ? (
        <Revoke token={revocation} />
      ) : (
        <Ask />
      )}
    </Page>
  );
}

function Ask() {
  const { locale, t } = useI18n();
  const words = t.developers.key;
  const ask = $api.useMutation("post", "/api/v1/api-keys");
  if (ask.data !== undefined) {
    return (
      <Part title={words.asked}>
        <Notice tone="good" live>
          {words.askedDetail(ask.data.link_works_for_hours)}
        </Notice>
      </Part>
    );
  }
  return (
    <Part title={words.title} lead={words.lead}>
      <Form
        error={ask.error}
        onSubmit={(data) =>
          ask.mutate({
            body: {
              email: textOf(data, "email"),
              name: textOf(data, "name"),
              scopes: ["read"],
              expires_in_days: Number(textOf(data, "expires_in_days")),
              language: locale,
            },
          })
        }
      >
        <Field name="email" label={words.email} hint={words.emailHint}>
          <TextInput type="email" autoComplete="email" />
        </Field>
        <Field name="name" label={words.name} hint={words.nameHint}>
          <TextInput autoComplete="off" />
        </Field>
        <Field name="expires_in_days" label={words.days}>
          <Select
            defaultValue="365"
            options={DAYS.map((value) => ({ value, label: words.daysOf(Number(value)) }))}
          />
        </Field>
        <Button type="submit" busy={ask.isPending}>
          {ask.isPending ? t.ui.sending : words.ask}
        </Button>
      </Form>
    </Part>
  );
}

/** The key is fetched by a press, never by the visit: programs that read mail open its links. */
function Take({ token }: { token: string }) {
  const { t } = useI18n();
  const words = t.developers.key;
  const take = $api.useMutation("post", "/api/v1/api-keys/confirm");
  if (take.data !== undefined) {
    return <Shown made={take.data} />;
  }
  return (
    <Part title={words.ready} lead={words.readyLead}>
      <Form error={take.error} onSubmit={() => take.mutate({ body: { token } })}>
        <Button type="submit" busy={take.isPending}>
          {words.show}
        </Button>
      </Form>
    </Part>
  );
}

function Shown({ made: { key, name, expires_at: until } }: { made: Schema<"ApiKeyShown"> }) {
  const i18n = useI18n();
  const words = i18n.t.developers.key;
  if (key === null) {
    return (
      <Part title={words.lost}>
        <Notice tone="alarm">{words.lostDetail}</Notice>
      </Part>
    );
  }
  const header = `-H 'Authorization: Bearer ${key}'`;
  return (
    <Part title={words.yours}>
      <Notice tone="point" live>
        {words.once}
      </Notice>
      <CodeBlock label={words.yours} text={key} />
      <p>{words.until(name, dayText(isoDay(new Date(until), HOME), i18n, "long"))}</p>
      <h2>{words.use}</h2>
      <CodeBlock
        label={words.use}
        text={`curl ${header} '${location.origin}/api/v1/api-keys/self'`}
      />
    </Part>
  );
}

function Revoke({ token }: { token: string }) {
  const { t } = useI18n();
  const words = t.developers.key;
  const revoke = $api.useMutation("post", "/api/v1/api-keys/revoke");
  if (revoke.isSuccess) {
    return (
      <Part title={words.revoked}>
        <Notice tone="good" live>
          {words.revokedDetail}
        </Notice>
      </Part>
    );
  }
  return (
    <Part title={words.revoke} lead={words.revokeLead}>
      <Form error={revoke.error} onSubmit={() => revoke.mutate({ body: { token } })}>
        <Button type="submit" busy={revoke.isPending}>
          {words.revokeNow}
        </Button>
      </Form>
    </Part>
  );
}

function Part({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <>
      <h1>{title}</h1>
      {lead !== undefined && <p className="lead">{lead}</p>}
      {children}
    </>
  );
}

function textOf(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === "string" ? value.trim() : "";
}
