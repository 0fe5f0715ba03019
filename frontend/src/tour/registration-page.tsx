import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { $api } from "#api/client.ts";
import { createKeyring } from "#api/keyring.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { Button, LinkButton } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { Notice } from "#ui/notice.tsx";
import { Page, Section } from "#ui/page.tsx";
import { CancelForm } from "./cancel-form.tsx";
import { ChangeForm } from "./change-form.tsx";
import { MyData } from "./my-data.tsx";
import { MyNeeds } from "./my-needs.tsx";
import { InstantOf } from "./clock.tsx";
import { heldOf } from "./held.ts";
import { MyRegistration } from "./my-registration.tsx";
import { OpinionForm } from "./opinion-form.tsx";
import { GroupSection } from "./group-section.tsx";
import { ProofNotice } from "./proof-notice.tsx";
import { StopStatus } from "./stop-status.tsx";
import { isToday, Ticket } from "./ticket.tsx";
import { TransferSection } from "./transfer-section.tsx";
import { Unlisted } from "#ui/unlisted.tsx";

type Change = Schema<"RegistrationChange">;

const PATH = "/api/v1/registrations/{token}";
/** Where a letter leads that asks whether one gives one's seats back. */
export const FREEING = "liberer";

/**
 * What the mailed link opens: one's registration, to read, change and cancel. `changing` is the URL's; so is
 * `freeing`, where a letter asks whether the seats are given back.
 */
export function RegistrationPage({
  token,
  registration,
  stop,
  changing,
  onChanging,
  freeing,
}: {
  token: string;
  registration: Schema<"RegistrationRead">;
  stop: Schema<"StopRead">;
  changing: boolean;
  onChanging: (changing: boolean) => void;
  freeing: boolean;
}) {
  const { t, now } = useI18n();
  const queryClient = useQueryClient();
  const [keyring] = useState(createKeyring);
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState<"freeKept" | "proved" | "saved" | null>(null);
  const words = t.registration.mine;
  const path = { token };

  const onSettled = async (_: unknown, error: unknown) => {
    keyring.settle(error);
    await queryClient.invalidateQueries();
  };
  const change = $api.useMutation("patch", PATH, {
    onSettled,
    onSuccess: () => {
      setDone("saved");
      onChanging(false);
    },
  });

  function save(body: Change) {
    const header = { "Idempotency-Key": keyring.keyFor(body) };
    change.mutate({ params: { path, header }, body });
  }

  if (registration.cancelled_at !== null) {
    return <Cancelled registration={registration} at={registration.cancelled_at} token={token} />;
  }
  const canChange = registration.changeable;
  const ticket = <Ticket token={token} registration={registration} />;
  const today = isToday(registration.seats, registration.stop.zone, now);
  return (
    <Page title={words.tab} narrow fictitious={registration.stop.fictitious}>
      <Unlisted />
      <header className="stack">
        <p className="soft">{words.title}</p>
        <h1>
          <Text of={registration.stop.name} />
        </h1>
        <p className="soft small">{words.private}</p>
      </header>
      <StopStatus stop={registration.stop} />
      {registration.needs_proof && <ProofNotice token={token} onDone={() => setDone("proved")} />}
      {canChange && freeing && (
        <div id={FREEING}>
          <Notice tone="point" title={words.freeTitle}>
            <div className="stack">
              <p>{words.freeDetail}</p>
              <CancelForm
                token={token}
                confirm={words.freeConfirm}
                keep={words.freeKeep}
                onKeep={() => {
                  setDone("freeKept");
                  onChanging(false);
                }}
                onDone={() => onChanging(false)}
              />
            </div>
          </Notice>
        </div>
      )}
      {done !== null && <Done>{words[done]}</Done>}
      {!canChange && <OpinionForm token={token} />}
      {!canChange && <Notice tone="info">{words.over}</Notice>}
      {today && ticket}
      <MyRegistration registration={registration} token={token} sessions={stop.sessions} />
      {canChange && changing && (
        <Section title={words.change}>
          <ChangeForm
            registration={registration}
            stop={stop}
            error={change.error}
            busy={change.isPending}
            onSave={save}
            onStay={() => onChanging(false)}
          />
        </Section>
      )}
      {canChange && !changing && (
        <div className="row">
          <Button
            onClick={() => {
              change.reset();
              setDone(null);
              onChanging(true);
            }}
          >
            {words.change}
          </Button>
          <Button look="secondary" onClick={() => setAsking(true)}>
            {words.cancel}
          </Button>
        </div>
      )}
      {!today && ticket}
      {canChange && !changing && (
        <GroupSection
          token={token}
          registration={registration}
          seats={openSeats(registration.seats, stop.sessions)}
        />
      )}
      {canChange && !changing && <TransferSection token={token} />}
      <MyNeeds token={token} open={canChange} />
      <MyData token={token} />
      <Dialog open={asking} onClose={() => setAsking(false)} title={words.cancelTitle}>
        <p>{words.cancelDetail}</p>
        <CancelForm
          token={token}
          confirm={words.cancelConfirm}
          keep={words.keep}
          onKeep={() => setAsking(false)}
          onDone={() => setAsking(false)}
        />
      </Dialog>
    </Page>
  );
}

/** What came of a form. It takes the focus, since the form that had it is gone. */
function Done({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} tabIndex={-1}>
      <Notice tone="good" live>
        {children}
      </Notice>
    </div>
  );
}

/** What colleagues may be brought to: whoever asks for themselves cannot ask for others. */
function openSeats(
  seats: Schema<"RegistrationRead">["seats"],
  sessions: Schema<"StopRead">["sessions"],
): Schema<"DelegationRequest">["seats"] {
  const open = new Set(sessions.filter(({ access }) => access === "open").map(({ slug }) => slug));
  return heldOf(seats)
    .filter(({ seat }) => open.has(seat.session))
    .map(({ seat: { session, mode } }) => ({ session, mode }));
}

function Cancelled({
  registration: { stop },
  at,
  token,
}: {
  registration: Schema<"RegistrationRead">;
  at: string;
  token: string;
}) {
  const { t } = useI18n();
  const words = t.registration.mine;
  return (
    <Page title={words.tab} narrow fictitious={stop.fictitious}>
      <Unlisted />
      <p className="soft">
        <Text of={stop.name} />
      </p>
      <h1>{words.cancelledTitle}</h1>
      <StopStatus stop={stop} />
      <Notice tone="info" live>
        <p>
          {words.cancelledOn} <InstantOf at={at} zone={stop.zone} />.
        </p>
        <p>{words.cancelledDetail}</p>
      </Notice>
      <div className="row">
        <LinkButton to="/etapes/$slug" params={{ slug: stop.slug }}>
          {stop.registration === "open" ? words.again : words.stop}
        </LinkButton>
      </div>
      <MyData token={token} />
    </Page>
  );
}
