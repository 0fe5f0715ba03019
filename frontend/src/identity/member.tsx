import { useState } from "react";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { Form } from "#ui/form.tsx";
import { Pill } from "#ui/pill.tsx";
import { At } from "./at.tsx";
import { Confirm } from "./confirm.tsx";
import { grantsOf } from "./grants.ts";
import { useAct } from "./grave.tsx";
import { ME } from "./me.ts";
import { RoleFields } from "./role-fields.tsx";
import { RoleList } from "./role-list.tsx";
import { Row } from "./row.tsx";

type Doing = "roles" | "disable" | "recover" | null;

/** A member of the team, and what a coordinator can do for them. */
export function Member({
  member,
  names,
}: {
  member: Schema<"MemberRead">;
  names: ReadonlyMap<string, string>;
}) {
  const { t } = useI18n();
  const words = t.team.members;
  const { data: me } = $api.useSuspenseQuery("get", ME);
  const { id, name, email, roles, second_factors: factors, disabled_at: disabled } = member;
  const isMe = me.member?.id === id;
  return (
    <Row
      title={
        <>
          {name}
          {isMe && <span className="soft"> ({words.you})</span>}{" "}
          {disabled !== null && <Pill tone="closed">{words.disabled}</Pill>}{" "}
          {disabled === null && factors === 0 && <Pill tone="soon">{words.notEnrolled}</Pill>}
        </>
      }
      detail={
        <>
          <RoleList roles={roles} names={names} />
          <br />
          {email} · {words.since} <At at={member.created_at} hour={false} />
        </>
      }
    >
      <Acts member={member} isMe={isMe} />
    </Row>
  );
}

function Acts({ member, isMe }: { member: Schema<"MemberRead">; isMe: boolean }) {
  const { t } = useI18n();
  const words = t.team.members;
  const { id, name, roles, disabled_at: disabled } = member;
  const params = { path: { member_id: id } };
  const [doing, setDoing] = useState<Doing>(null);
  const stop = () => setDoing(null);
  const change = useAct($api.useMutation("put", "/api/v1/manage/members/{member_id}/roles"), stop);
  const disable = useAct(
    $api.useMutation("post", "/api/v1/manage/members/{member_id}/disable"),
    stop,
  );
  const recover = useAct(
    $api.useMutation("post", "/api/v1/manage/members/{member_id}/recover"),
    stop,
  );
  const enable = useAct($api.useMutation("post", "/api/v1/manage/members/{member_id}/enable"));
  const of = <span className="hidden">{words.of(name)}</span>;

  function begin(what: Doing) {
    for (const act of [change, disable, recover]) {
      act.reset();
    }
    setDoing(what);
  }

  return (
    <>
      <Button look="plain" onClick={() => begin("roles")}>
        {words.changeRoles}
        {of}
      </Button>
      {!isMe && disabled === null && (
        <>
          <Button look="plain" onClick={() => begin("recover")}>
            {words.recover}
            {of}
          </Button>
          <Button look="plain" onClick={() => begin("disable")}>
            {words.disable}
            {of}
          </Button>
        </>
      )}
      {disabled !== null && (
        <Button look="plain" busy={enable.isPending} onClick={() => enable.mutate({ params })}>
          {words.enable}
          {of}
        </Button>
      )}
      <Dialog open={doing === "roles"} onClose={stop} title={words.rolesTitle(name)}>
        <Form
          error={change.error}
          onSubmit={(data) => change.mutate({ params, body: { roles: grantsOf(data) } })}
        >
          <RoleFields roles={roles} />
          <div className="row">
            <Button type="submit" busy={change.isPending}>
              {words.save}
            </Button>
            <Button look="secondary" onClick={stop}>
              {t.team.cancel}
            </Button>
          </div>
        </Form>
      </Dialog>
      <Confirm
        open={doing === "disable"}
        title={words.disableTitle(name)}
        label={words.disable}
        act={disable}
        onConfirm={() => disable.mutate({ params })}
        onClose={stop}
      >
        {words.disableDetail}
      </Confirm>
      <Confirm
        open={doing === "recover"}
        title={words.recoverTitle(name)}
        label={words.recover}
        act={recover}
        onConfirm={() => recover.mutate({ params })}
        onClose={stop}
      >
        {words.recoverDetail}
      </Confirm>
    </>
  );
}
