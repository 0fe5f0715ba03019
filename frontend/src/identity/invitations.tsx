import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Section } from "#ui/page.tsx";
import { At } from "./at.tsx";
import { useAct } from "./grave.tsx";
import { PAGING } from "#api/paging.ts";
import { Listed } from "./listed.tsx";
import { RoleList } from "./role-list.tsx";
import { Row, Rows } from "./row.tsx";

type Names = ReadonlyMap<string, string>;

/** Those who were invited and did not come yet; nothing where there are none. */
export function Invitations({ names }: { names: Names }) {
  const { t } = useI18n();
  const { waiting } = t.team.members;
  const list = $api.useInfiniteQuery("get", "/api/v1/manage/invitations", {}, PAGING);
  return (
    <Listed list={list} empty={null}>
      {(items) => (
        <Section title={waiting}>
          <Rows label={waiting}>
            {items.map((invitation) => (
              <Invited key={invitation.id} invitation={invitation} names={names} />
            ))}
          </Rows>
        </Section>
      )}
    </Listed>
  );
}

function Invited({
  invitation: { id, name, email, roles, expires_at: until },
  names,
}: {
  invitation: Schema<"InvitationRead">;
  names: Names;
}) {
  const { t } = useI18n();
  const words = t.team.members;
  const withdraw = useAct($api.useMutation("delete", "/api/v1/manage/invitations/{invitation_id}"));
  return (
    <Row
      title={name}
      detail={
        <>
          <RoleList roles={roles} names={names} />
          <br />
          {email} · {words.until} <At at={until} hour={false} />
        </>
      }
    >
      <Button
        look="plain"
        aria-label={words.withdrawOne(name)}
        busy={withdraw.isPending}
        onClick={() => withdraw.mutate({ params: { path: { invitation_id: id } } })}
      >
        {words.withdraw}
      </Button>
    </Row>
  );
}
