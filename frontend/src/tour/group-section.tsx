import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api } from "#api/client.ts";
import { createKeyring } from "#api/keyring.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Card, CardTitle } from "#ui/card.tsx";
import { Form } from "#ui/form.tsx";
import { Section } from "#ui/page.tsx";
import { InstantOf } from "./clock.tsx";
import { GroupForm } from "./group-form.tsx";
import { GroupSeats } from "./group-seats.tsx";

type Registration = Schema<"RegistrationRead">;
type Group = Schema<"DelegationRead">;

const LIST = "/api/v1/registrations/{token}/delegations";
const ONE = "/api/v1/registrations/{token}/delegations/{group}";

/** The colleagues that somebody brings: one code, how many came, and what to do while the group waits. */
export function GroupSection({
  token,
  registration,
  seats,
}: {
  token: string;
  registration: Registration;
  /** What a group may come to. */
  seats: Schema<"DelegationRequest">["seats"];
}) {
  const { t } = useI18n();
  const queryClient = useQueryClient();
  const [keyring] = useState(createKeyring);
  const { data } = $api.useQuery("get", LIST, { params: { path: { token } } });
  const onSettled = async (_: unknown, error: unknown) => {
    keyring.settle(error);
    await queryClient.invalidateQueries();
  };
  const bring = $api.useMutation("post", LIST, { onSettled });
  const claim = $api.useMutation("post", "/api/v1/registrations/{token}/claims", { onSettled });
  const words = t.registration.group;
  const groups = data?.items.filter(({ unclaimed, claimed }) => unclaimed + claimed.length > 0);
  if (groups === undefined) {
    return null;
  }
  return (
    <Section title={words.title}>
      {groups.map((group) => (
        <GroupCard key={group.id} token={token} group={group} zone={registration.stop.zone}>
          {!registration.seats.some(({ session, is_meanwhile: standIn }) =>
            group.seats.some((seat) => seat.session === session && !standIn),
          ) || group.unclaimed === 0 ? null : (
            <Form
              error={claim.error}
              onSubmit={() =>
                claim.mutate({ params: { path: { token } }, body: { code: group.code } })
              }
            >
              <div className="row">
                <Button type="submit" look="plain" busy={claim.isPending}>
                  {words.claimMine}
                </Button>
              </div>
            </Form>
          )}
        </GroupCard>
      ))}
      {groups.every(({ unclaimed }) => unclaimed === 0) && seats.length > 0 && (
        <details>
          <summary>{words.bring}</summary>
          <p className="soft small">{words.lead}</p>
          <GroupForm
            registration={registration}
            error={bring.error}
            busy={bring.isPending}
            onSubmit={(wanted) => {
              const body = { ...wanted, seats };
              const header = { "Idempotency-Key": keyring.keyFor(body) };
              bring.mutate({ params: { path: { token }, header }, body });
            }}
          />
        </details>
      )}
    </Section>
  );
}

function GroupCard({
  token,
  group,
  zone,
  children,
}: {
  token: string;
  group: Group;
  zone: string;
  children: React.ReactNode;
}) {
  const { t } = useI18n();
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries();
  const split = $api.useMutation("patch", ONE, { onSettled });
  const close = $api.useMutation("delete", ONE, { onSettled });
  const words = t.registration.group;
  const path = { token, group: group.id };
  const isWaiting = group.seats.some(({ waiting }) => waiting > 0);
  return (
    <Card as="article">
      <CardTitle>{group.name}</CardTitle>
      <GroupSeats seats={group.seats} />
      {group.unclaimed > 0 && (
        <p>
          {words.code} <b className="num">{group.code}</b>
          <br />
          <a href={`/groupe/${group.code}`}>{words.link}</a>
          <br />
          <span className="soft small">
            {words.unclaimed(group.unclaimed)} <InstantOf at={group.claim_until} zone={zone} />
          </span>
        </p>
      )}
      <p className="small">
        {group.claimed.length === 0 ? words.nobody : words.claimed(group.claimed.join(", "))}
      </p>
      {children}
      <Form error={split.error ?? close.error} onSubmit={() => close.mutate({ params: { path } })}>
        <div className="row">
          {isWaiting && group.together && (
            <Button
              look="secondary"
              busy={split.isPending}
              onClick={() => split.mutate({ params: { path }, body: { together: false } })}
            >
              {words.split}
            </Button>
          )}
          {group.unclaimed > 0 && (
            <Button type="submit" look="plain" busy={close.isPending}>
              {words.close}
            </Button>
          )}
        </div>
      </Form>
    </Card>
  );
}
