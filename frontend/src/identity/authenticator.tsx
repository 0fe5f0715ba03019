import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { Confirm } from "./confirm.tsx";
import { useAct } from "./grave.tsx";
import { NewAuthenticator } from "./new-authenticator.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { Row, Rows } from "./row.tsx";

type Doing = "enrol" | "remove" | "renew" | null;

/** One's authenticator app and the codes that stand for it. */
export function Authenticator({
  held: { authenticator: has, recovery_codes: left },
}: {
  held: Schema<"SecondFactors">;
}) {
  const { t } = useI18n();
  const words = t.team.access;
  const queryClient = useQueryClient();
  const [doing, setDoing] = useState<Doing>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const stop = () => setDoing(null);
  const remove = useAct($api.useMutation("delete", "/api/v1/me/authenticator"), stop);
  const renew = useAct($api.useMutation("post", "/api/v1/me/recovery-codes"), (made) =>
    show(made.codes),
  );

  function begin(what: Doing) {
    remove.reset();
    renew.reset();
    setDoing(what);
  }

  function show(made: readonly string[]) {
    stop();
    setCodes(made);
    void queryClient.invalidateQueries();
  }

  return (
    <>
      {has ? (
        <Rows label={words.app}>
          <Row title={words.appOn}>
            <Button look="plain" onClick={() => begin("enrol")}>
              {words.changeApp}
            </Button>
            <Button look="plain" onClick={() => begin("remove")}>
              {words.remove}
              <span className="hidden">, {words.app}</span>
            </Button>
          </Row>
          <Row title={words.codes} detail={t.team.entry.recovery.left(left)}>
            <Button look="plain" onClick={() => begin("renew")}>
              {words.renew}
            </Button>
          </Row>
        </Rows>
      ) : (
        <>
          <p className="soft">{words.appOff}</p>
          <p>
            <Button look="secondary" onClick={() => begin("enrol")}>
              {words.addApp}
            </Button>
          </p>
        </>
      )}
      <Dialog open={doing === "enrol"} onClose={stop} title={words.app}>
        <NewAuthenticator onDone={show} />
      </Dialog>
      <Confirm
        open={doing === "remove"}
        title={words.removeAppTitle}
        label={words.remove}
        act={remove}
        onConfirm={() => remove.mutate({})}
        onClose={stop}
      >
        {words.removeApp}
      </Confirm>
      <Confirm
        open={doing === "renew"}
        title={words.renewTitle}
        label={words.renew}
        act={renew}
        onConfirm={() => renew.mutate({})}
        onClose={stop}
      >
        {words.renewDetail}
      </Confirm>
      <Dialog open={codes !== null} onClose={() => setCodes(null)} title={words.codes}>
        <RecoveryCodes codes={codes ?? []} onDone={() => setCodes(null)} />
      </Dialog>
    </>
  );
}
