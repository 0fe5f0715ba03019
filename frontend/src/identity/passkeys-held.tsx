import { useState } from "react";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { At } from "./at.tsx";
import { Confirm } from "./confirm.tsx";
import { useAct } from "./grave.tsx";
import { PAGING } from "#api/paging.ts";
import { Listed } from "./listed.tsx";
import { NewPasskey } from "./new-passkey.tsx";
import { Row, Rows } from "./row.tsx";

type Passkey = Schema<"PasskeyRead">;

/** One's passkeys: to add, and to remove. */
export function Passkeys() {
  const { t } = useI18n();
  const words = t.team.access;
  const list = $api.useInfiniteQuery("get", "/api/v1/me/passkeys", {}, PAGING);
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<Passkey | null>(null);
  const remove = useAct($api.useMutation("delete", "/api/v1/me/passkeys/{passkey_id}"), () =>
    setLeaving(null),
  );
  return (
    <>
      <Listed list={list} empty={<p className="soft">{words.noPasskey}</p>}>
        {(items) => (
          <Rows label={words.passkeys}>
            {items.map((passkey) => (
              <Row key={passkey.id} title={passkey.name} detail={<Life passkey={passkey} />}>
                <Button
                  look="plain"
                  aria-label={words.removeOne(passkey.name)}
                  onClick={() => {
                    remove.reset();
                    setLeaving(passkey);
                  }}
                >
                  {words.remove}
                </Button>
              </Row>
            ))}
          </Rows>
        )}
      </Listed>
      <p>
        <Button look="secondary" onClick={() => setAdding(true)}>
          {words.addPasskey}
        </Button>
      </p>
      <Dialog open={adding} onClose={() => setAdding(false)} title={words.addPasskey}>
        <NewPasskey primary onDone={() => setAdding(false)} />
      </Dialog>
      <Confirm
        open={leaving !== null}
        title={words.removePasskeyTitle}
        label={words.remove}
        act={remove}
        onConfirm={() =>
          leaving !== null && remove.mutate({ params: { path: { passkey_id: leaving.id } } })
        }
        onClose={() => setLeaving(null)}
      >
        {words.removePasskey(leaving?.name ?? "")}
      </Confirm>
    </>
  );
}

function Life({ passkey: { created_at: created, used_at: used } }: { passkey: Passkey }) {
  const { t } = useI18n();
  const words = t.team.access;
  return (
    <>
      {words.created} <At at={created} hour={false} /> ·{" "}
      {used === null ? (
        words.neverUsed
      ) : (
        <>
          {words.used} <At at={used} />
        </>
      )}
    </>
  );
}
