import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api } from "#api/client.ts";
import { createKeyring } from "#api/keyring.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { Field, Select, TextArea } from "#ui/field.tsx";
import { Form } from "#ui/form.tsx";
import { Notice } from "#ui/notice.tsx";
import { Section } from "#ui/page.tsx";
import { Pill, type Tone } from "#ui/pill.tsx";
import { ErrorState } from "#ui/states.tsx";

type Need = Schema<"NeedRead">;

const NEEDS = "/api/v1/registrations/{token}/needs";
const KINDS = ["sign_language", "captioning", "wheelchair_access", "quiet_seat", "other"] as const;
const TONES: Record<Need["state"], Tone> = {
  requested: "soon",
  confirmed: "open",
  impossible: "alarm",
};

function needOf(data: FormData): Schema<"NeedRequest"> {
  const kind = KINDS.find((one) => one === data.get("kind")) ?? "other";
  const words = data.get("words");
  return { kind, words: typeof words === "string" && words.trim() !== "" ? words.trim() : null };
}

/** What the person needs to take part, with the team's answers. `open` while the team can still prepare something. */
export function MyNeeds({ token, open }: { token: string; open: boolean }) {
  const { t } = useI18n();
  const words = t.registration.needs;
  const queryClient = useQueryClient();
  const [keyring] = useState(createKeyring);
  const path = { token };
  const list = $api.useQuery("get", NEEDS, { params: { path } });
  const onSettled = () => queryClient.invalidateQueries({ queryKey: ["get", NEEDS] });
  const ask = $api.useMutation("post", NEEDS, {
    onSettled: async (_, error) => {
      keyring.settle(error);
      await onSettled();
    },
  });
  const withdraw = $api.useMutation("delete", `${NEEDS}/{need}`, { onSettled });
  const needs = list.data?.needs ?? [];
  if (!open && needs.length === 0) {
    return null;
  }
  return (
    <Section title={words.title}>
      <p className="soft small">{words.lead}</p>
      {withdraw.error !== null && <ErrorState as="h3" error={withdraw.error} />}
      {needs.map((need) => (
        <NeedCard
          key={need.id}
          need={need}
          busy={withdraw.isPending}
          onWithdraw={() => withdraw.mutate({ params: { path: { token, need: need.id } } })}
        />
      ))}
      {ask.isSuccess && (
        <Notice tone="good" live>
          {words.asked}
        </Notice>
      )}
      {open && (
        <Form
          // A need that was sent leaves an empty form.
          key={needs.length}
          error={ask.error}
          onSubmit={(data) => {
            const body = needOf(data);
            ask.mutate({
              params: { path, header: { "Idempotency-Key": keyring.keyFor(body) } },
              body,
            });
          }}
        >
          <Field name="kind" label={words.kind}>
            <Select options={KINDS.map((value) => ({ value, label: words.kinds[value] }))} />
          </Field>
          <Field name="words" label={words.words} hint={words.wordsHint} optional>
            <TextArea rows={3} />
          </Field>
          <Button type="submit" look="secondary" busy={ask.isPending}>
            {ask.isPending ? t.ui.sending : words.ask}
          </Button>
        </Form>
      )}
    </Section>
  );
}

function NeedCard({
  need: { kind, words: said, state, alternative, owner },
  busy,
  onWithdraw,
}: {
  need: Need;
  busy: boolean;
  onWithdraw: () => void;
}) {
  const words = useI18n().t.registration.needs;
  return (
    <Card as="article">
      <p className="row">
        <b>{words.kinds[kind]}</b>
        <Pill tone={TONES[state]}>{words.states[state]}</Pill>
      </p>
      {said !== null && <p>{said}</p>}
      {alternative !== null && (
        <p>
          <b>{words.instead}</b> {alternative}
        </p>
      )}
      {owner !== null && <p className="small soft">{words.owner(owner)}</p>}
      <p>
        <Button look="plain" busy={busy} onClick={onWithdraw}>
          {words.withdraw}
          <span className="hidden">, {words.kinds[kind]}</span>
        </Button>
      </p>
    </Card>
  );
}
