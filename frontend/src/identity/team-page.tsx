import { useState } from "react";
import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { Notice } from "#ui/notice.tsx";
import { Invitations } from "./invitations.tsx";
import { InviteForm } from "./invite-form.tsx";
import { PAGING } from "#api/paging.ts";
import { Listed } from "./listed.tsx";
import { Member } from "./member.tsx";
import { Rows } from "./row.tsx";
import { Space } from "./space.tsx";
import { useStopNames } from "./stop-names.ts";

/** The team, to a coordinator: who may do what, whom to invite, whom to let in again. */
export function TeamPage() {
  const { t } = useI18n();
  return (
    <Space title={t.team.members.title} lead={t.team.members.lead}>
      <Members />
    </Space>
  );
}

function Members() {
  const { t } = useI18n();
  const words = t.team.members;
  const names = useStopNames(true);
  const list = $api.useInfiniteQuery("get", "/api/v1/manage/members", {}, PAGING);
  const [inviting, setInviting] = useState(false);
  const [invited, setInvited] = useState<string | null>(null);
  return (
    <>
      <p>
        <Button onClick={() => setInviting(true)}>{words.invite}</Button>
      </p>
      {invited !== null && (
        <Notice tone="good" live>
          {words.sent(invited)}
        </Notice>
      )}
      <Listed list={list} empty={null}>
        {(items) => (
          <>
            <Rows label={words.title}>
              {items.map((member) => (
                <Member key={member.id} member={member} names={names} />
              ))}
            </Rows>
            <Invitations names={names} />
          </>
        )}
      </Listed>
      <Dialog open={inviting} onClose={() => setInviting(false)} title={words.invite}>
        <InviteForm
          onDone={(name) => {
            setInviting(false);
            setInvited(name);
          }}
        />
      </Dialog>
    </>
  );
}
