import { useState } from "react";
import { $api } from "#api/client.ts";
import { asProblem } from "#api/problem.ts";
import { PAGING } from "#api/paging.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { useText } from "#i18n/text.tsx";
import { Button } from "#ui/button.tsx";
import { FormErrors } from "#ui/form-errors.tsx";
import { Notice } from "#ui/notice.tsx";
import { Pill } from "#ui/pill.tsx";
import { At } from "./at.tsx";
import { useAct } from "./grave.tsx";
import { GroupInvite } from "./group-invite.tsx";
import { Listed } from "./listed.tsx";
import { Row, Rows } from "./row.tsx";

type Group = Schema<"DelegationRead">;

/** The groups of a stop, whoever brings them, and the way to invite one. */
export function StopGroups({ stop }: { stop: Schema<"StopRead"> }) {
  const { t } = useI18n();
  const words = t.desk.groups;
  const [made, setMade] = useState<Group | null>(null);
  const [closed, setClosed] = useState<string | null>(null);
  const list = $api.useInfiniteQuery(
    "get",
    "/api/v1/manage/stops/{slug}/delegations",
    { params: { path: { slug: stop.slug }, query: { limit: 50 } } },
    PAGING,
  );
  return (
    <>
      {closed !== null && (
        <Notice tone="good" live>
          {words.done(closed)}
        </Notice>
      )}
      {made !== null && closed === null && (
        <Notice tone="good" live>
          {words.made(made.name)} <Way code={made.code} />
        </Notice>
      )}
      <Listed list={list} empty={<p className="soft">{words.none}</p>}>
        {(groups) => (
          <Rows label={words.title}>
            {groups.map((group) => (
              <Line key={group.id} group={group} onClose={() => setClosed(group.name)} />
            ))}
          </Rows>
        )}
      </Listed>
      <GroupInvite
        // A group that was made leaves a closed form.
        key={made?.id}
        stop={stop}
        onDone={(group) => {
          setMade(group);
          setClosed(null);
        }}
      />
    </>
  );
}

/** What its people are given. */
function Way({ code }: { code: string }) {
  const words = useI18n().t.desk.groups;
  const page = new URL(`/groupe/${code}`, location.origin).href;
  return (
    <>
      <b className="num">{code}</b>
      <br />
      {words.link} <a href={page}>{page}</a>
    </>
  );
}

function Line({
  group: { id, name, size, code, unclaimed, claimed, claim_until: until, seats, stop },
  onClose,
}: {
  group: Group;
  onClose: () => void;
}) {
  const { t } = useI18n();
  const words = t.desk.groups;
  const textOf = useText();
  const path = "/api/v1/manage/stops/{slug}/delegations/{group}";
  const close = useAct($api.useMutation("delete", path), onClose);
  return (
    <Row
      title={name}
      detail={
        <>
          <p>
            {words.came(claimed.length, size)}
            {unclaimed > 0 && (
              <>
                {` · ${words.open} `}
                <At at={until} zone={stop.zone} />
                <br />
                <Way code={code} />
              </>
            )}
          </p>
          <ul className="plain">
            {seats.map(({ session, title, mode, waiting }) => (
              <li key={`${session} ${mode}`}>
                {textOf(title)} · {t.codes.mode[mode]}
                {waiting > 0 && ` · ${t.registration.group.waiting(waiting)}`}
              </li>
            ))}
          </ul>
          {claimed.length > 0 && (
            <details>
              <summary>{words.names(claimed.length)}</summary>
              <p>{claimed.join(", ")}</p>
            </details>
          )}
          {close.error !== null && <FormErrors form={id} problem={asProblem(close.error)} />}
        </>
      }
    >
      {unclaimed > 0 ? (
        <Button
          look="plain"
          aria-label={words.closeOne(name)}
          busy={close.isPending}
          onClick={() => close.mutate({ params: { path: { slug: stop.slug, group: id } } })}
        >
          {words.close}
        </Button>
      ) : (
        <Pill tone="closed">{claimed.length < size ? words.closed : words.complete}</Pill>
      )}
    </Row>
  );
}
