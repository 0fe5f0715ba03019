import { useState } from "react";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { Pill } from "#ui/pill.tsx";
import { At } from "./at.tsx";
import { Confirm } from "./confirm.tsx";
import { useAct } from "./grave.tsx";
import { PAGING } from "#api/paging.ts";
import { Listed } from "./listed.tsx";
import { NewKey } from "./new-key.tsx";
import { Row, Rows } from "./row.tsx";
import { ShownKey } from "./shown-key.tsx";
import { Space } from "./space.tsx";

type Key = Schema<"ApiKeyRead">;

/** One's own API keys: made, told from one another, revoked. */
export function KeysPage() {
  const { t } = useI18n();
  return (
    <Space title={t.team.keys.title} lead={t.team.keys.lead}>
      <Keys />
    </Space>
  );
}

function Keys() {
  const { t } = useI18n();
  const words = t.team.keys;
  const list = $api.useInfiniteQuery("get", "/api/v1/me/api-keys", {}, PAGING);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<Schema<"ApiKeyShown"> | null>(null);
  const [leaving, setLeaving] = useState<Key | null>(null);
  const revoke = useAct($api.useMutation("delete", "/api/v1/me/api-keys/{key_id}"), () =>
    setLeaving(null),
  );
  return (
    <>
      <p>
        <Button onClick={() => setMaking(true)}>{words.make}</Button>
      </p>
      <Listed list={list} empty={<p className="soft">{words.none}</p>}>
        {(items) => (
          <Rows label={words.label}>
            {items.map((key) => (
              <KeyRow key={key.id} of={key} onRevoke={() => setLeaving(key)} />
            ))}
          </Rows>
        )}
      </Listed>
      <Dialog open={making} onClose={() => setMaking(false)} title={words.make}>
        <NewKey
          onDone={(key) => {
            setMaking(false);
            setMade(key);
          }}
        />
      </Dialog>
      <Dialog open={made !== null} onClose={() => setMade(null)} title={words.shown.title}>
        <ShownKey value={made?.key ?? null} onDone={() => setMade(null)} />
      </Dialog>
      <Confirm
        open={leaving !== null}
        title={words.revokeTitle}
        label={words.revoke}
        act={revoke}
        onConfirm={() =>
          leaving !== null && revoke.mutate({ params: { path: { key_id: leaving.id } } })
        }
        onClose={() => setLeaving(null)}
      >
        {words.revokeDetail(leaving?.name ?? "")}
      </Confirm>
    </>
  );
}

function stateOf({ revoked_at: revoked, expires_at: ends, rotated_at: rotated }: Key, now: Date) {
  if (revoked !== null) {
    return "revoked";
  }
  if (Date.parse(ends) <= now.getTime()) {
    return "expired";
  }
  return rotated === null ? "works" : "rotated";
}

function KeyRow({ of: key, onRevoke }: { of: Key; onRevoke: () => void }) {
  const { now, t } = useI18n();
  const words = t.team.keys;
  const state = stateOf(key, now);
  const isAlive = state === "works" || state === "rotated";
  return (
    <Row
      title={key.name}
      detail={
        <>
          {key.scopes.map((scope) => words.scopeNames[scope]).join(" · ")}
          <br />
          {words.created} <At at={key.created_at} hour={false} /> · {words.ends}{" "}
          <At at={key.expires_at} hour={false} /> ·{" "}
          {key.last_used_at === null ? (
            words.neverUsed
          ) : (
            <>
              {words.used} <At at={key.last_used_at} />
            </>
          )}
        </>
      }
    >
      <Pill tone={isAlive ? "open" : "closed"}>{words.states[state]}</Pill>
      {isAlive && (
        <Button look="plain" aria-label={words.revokeOne(key.name)} onClick={onRevoke}>
          {words.revoke}
        </Button>
      )}
    </Row>
  );
}
