import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { dayText, isoDay, timeText, zoneText } from "#i18n/dates.ts";
import { Button } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { Relative } from "#ui/moment.tsx";
import { LostLinkFold } from "./lost-link.tsx";
import { OutcomeList } from "./outcome-list.tsx";
import type { Choices, Mode } from "./programme.ts";
import css from "./registration.module.css";
import { type Done, RegistrationForm } from "./registration-form.tsx";

type Stop = Schema<"StopRead">;

/** Where the registration of a stop stands on its page, for links that lead there. */
export const REGISTRATION = "inscription";

/** Registering at a stop, or why one cannot now and what to do instead. */
export function RegistrationPanel({
  stop,
  choices,
  onPick,
  done,
  onDone,
}: {
  stop: Stop;
  choices: Choices;
  onPick: (session: string, mode: Mode | null) => void;
  done: Done | null;
  onDone: (done: Done | null) => void;
}) {
  const { t } = useI18n();
  return (
    <div id={REGISTRATION}>
      <Card as="section">
        {done === null ? (
          <>
            <h2>{t.registration.title}</h2>
            {stop.registration === "open" && stop.status !== "cancelled" ? (
              <>
                <p className="soft small">
                  {t.registration.lead}
                  {stop.proof_hours !== null && ` ${t.registration.proof(stop.proof_hours)}`}
                  {stop.registration_closes_at !== null && (
                    <>
                      <br />
                      {t.registration.closes}{" "}
                      <Instant at={stop.registration_closes_at} zone={stop.zone} />
                    </>
                  )}
                </p>
                <RegistrationForm stop={stop} choices={choices} onPick={onPick} onDone={onDone} />
              </>
            ) : (
              <NotNow stop={stop} />
            )}
          </>
        ) : (
          <Registered done={done} stop={stop} onAgain={() => onDone(null)} />
        )}
      </Card>
      {stop.registration !== "not_offered" && <LostLinkFold stop={stop.slug} />}
    </div>
  );
}

function Instant({ at, zone }: { at: string; zone: string }) {
  const i18n = useI18n();
  return (
    <time dateTime={at}>
      {dayText(isoDay(new Date(at), zone), i18n, "long")}, {timeText(at, zone, i18n)} (
      {zoneText(zone, i18n)})
    </time>
  );
}

function NotNow({ stop }: { stop: Stop }) {
  const { t } = useI18n();
  const words = t.registration;
  const {
    registration,
    status,
    registration_opens_at: opens,
    registration_closes_at: closes,
    zone,
  } = stop;
  let sentence: ReactNode = words.closedUndated;
  let next = words.closedNext;
  if (status === "cancelled") {
    sentence = words.cancelled;
  } else if (registration === "not_offered") {
    sentence = opens === null ? words.notOffered : words.notReady;
    next = opens === null ? words.notOfferedNext : words.notReadyNext;
  } else if (registration === "not_yet" && opens !== null) {
    sentence = (
      <>
        {words.opens} <Instant at={opens} zone={zone} />,{" "}
        <Relative
          moment={{ on: isoDay(new Date(opens), zone), precision: "instant", at: opens, zone }}
        />
      </>
    );
    next = words.opensLead;
  } else if (registration === "closed" && closes !== null) {
    sentence = (
      <>
        {words.closed} <Instant at={closes} zone={zone} />
      </>
    );
  }
  return (
    <>
      <p>
        <b>{sentence}</b>
      </p>
      <p className="soft">{next}</p>
      <p>
        <Link to="/tour/$edition" params={{ edition: stop.tour.slug }}>
          {words.seeTour}
        </Link>
      </p>
    </>
  );
}

/** What came of it. It takes the focus, since the form that had it is gone. */
function Registered({
  done: { email, outcome },
  stop,
  onAgain,
}: {
  done: Done;
  stop: Stop;
  onAgain: () => void;
}) {
  const { t } = useI18n();
  const words = t.registration.outcome;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} tabIndex={-1} role="status" className={css.done}>
      <h2>{outcome.proof_hours === null ? words.confirmedTitle : words.proofTitle}</h2>
      <OutcomeList seats={outcome.seats} sessions={stop.sessions} />
      <p>
        <b>{words.mail(email)}</b>{" "}
        {outcome.proof_hours === null ? words.mailHint : words.proof(outcome.proof_hours)}
      </p>
      {stop.fictitious && (
        <p>
          <Link to="/demo/courrier">{words.inbox}</Link>
        </p>
      )}
      <p>
        <Button look="plain" onClick={onAgain}>
          {words.again}
        </Button>
      </p>
    </div>
  );
}
