import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api } from "#api/client.ts";
import { createKeyring } from "#api/keyring.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { Button } from "#ui/button.tsx";
import { Form } from "#ui/form.tsx";
import { Notice } from "#ui/notice.tsx";
import type { Held } from "./held.ts";
import { isFull, type Mode, type Session } from "./programme.ts";

const SWITCH = "/api/v1/registrations/{token}/seats/{slug}/switch";

/** Takes the seat of a session on the other side. What that gives up and gets is said before, what came of it after, on the spot. */
export function SwitchSeat({
  token,
  held,
  session,
}: {
  token: string;
  held: Held;
  session: Session;
}) {
  const { t } = useI18n();
  const queryClient = useQueryClient();
  const [keyring] = useState(createKeyring);
  const switching = $api.useMutation("post", SWITCH, {
    onSettled: async (_, error) => {
      keyring.settle(error);
      await queryClient.invalidateQueries();
    },
  });
  const words = t.registration.mine;
  const other: Mode = held.seat.mode === "online" ? "on_site" : "online";

  function send() {
    const header = { "Idempotency-Key": keyring.keyFor(other) };
    const path = { token, slug: session.slug };
    switching.mutate({ params: { path, header }, body: { mode: other } });
  }

  return (
    <Form error={switching.error} onSubmit={send}>
      {switching.isSuccess && (
        <Notice tone="good" live>
          {words.saved}
        </Notice>
      )}
      <p>
        <Button type="submit" look="plain" busy={switching.isPending}>
          {other === "online" ? words.toOnline : words.toOnSite}
          <span className="hidden">
            , <Text of={session.title} />
          </span>
        </Button>
        <br />
        <span className="small soft">{useConsequence(held, session, other)}</span>
      </p>
    </Form>
  );
}

/** What is given up and got by going to the other side, in a sentence or two. */
function useConsequence({ seat, meanwhile }: Held, session: Session, other: Mode): string {
  const words = useI18n().t.registration.mine.consequence;
  const waits = seat.status === "waiting";
  const full = isFull(session, other);
  if (session.access === "on_request") {
    return words.asksAgain;
  }
  if (other === "online") {
    const left = waits ? words.leavesQueue : words.leavesSeat;
    return full && meanwhile === null ? `${left} ${words.fullOnline}` : left;
  }
  if (full) {
    return waits ? words.fullOnSite : `${words.fullOnSite} ${words.keepsOnline}`;
  }
  return words.takesSeat;
}
