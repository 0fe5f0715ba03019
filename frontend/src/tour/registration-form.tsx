import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api } from "#api/client.ts";
import { createKeyring } from "#api/keyring.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Field, TextInput } from "#ui/field.tsx";
import { Form } from "#ui/form.tsx";
import { Notice } from "#ui/notice.tsx";
import { ConsentField, consentOf } from "./consent-field.tsx";
import { IfFullFields } from "./if-full-fields.tsx";
import { OutcomeList } from "./outcome-list.tsx";
import { OverlapNotice } from "./overlap-notice.tsx";
import { PersonFields, personOf } from "./person-fields.tsx";
import { type Choices, isFull, type Mode, overlapsOf, waysOf } from "./programme.ts";
import css from "./registration.module.css";
import { SessionChooser } from "./session-chooser.tsx";
import { inForm, isClash, wishesOf } from "./wish.ts";

type Request = Schema<"RegistrationRequest">;

const PATH = "/api/v1/stops/{slug}/registrations";

/** What was answered to a registration, and where its letter goes. */
export type Done = { email: string; outcome: Schema<"RegistrationOutcome"> };

function requestOf(choices: Choices, data: FormData, overlapsAccepted: boolean): Request {
  const email = data.get("email");
  return {
    ...wishesOf(choices, data, overlapsAccepted),
    ...personOf(data),
    consent: consentOf(data),
    email: typeof email === "string" ? email.trim() : "",
  };
}

/** Registers one person for sessions of a stop. A retry after a silence is the same act; what a full session would bring can be seen first. */
export function RegistrationForm({
  stop,
  choices,
  onPick,
  onDone,
}: {
  stop: Schema<"StopRead">;
  choices: Choices;
  onPick: (session: string, mode: Mode | null) => void;
  onDone: (done: Done) => void;
}) {
  const { locale, t } = useI18n();
  const queryClient = useQueryClient();
  const [keyring] = useState(createKeyring);
  const [sent, setSent] = useState<Request | null>(null);
  const register = $api.useMutation("post", PATH, {
    onSettled: (_, error) => keyring.settle(error),
    onSuccess: async (outcome, { body }) => {
      onDone({ email: body.email, outcome });
      await queryClient.invalidateQueries({ queryKey: ["get", "/api/v1/stops/{slug}"] });
    },
  });
  const simulation = $api.useMutation("post", PATH);
  const words = t.registration;
  const { sessions, zone, slug } = stop;
  const count = Object.keys(choices).length;
  const someFull = sessions.some((session) => {
    const mode = choices[session.slug];
    return mode !== undefined && isFull(session, mode);
  });
  const failed = register.error ?? simulation.error;

  function send(body: Request) {
    setSent(body);
    simulation.reset();
    register.mutate({
      params: { path: { slug }, header: { "Idempotency-Key": keyring.keyFor(body) } },
      body,
    });
  }

  function foresee(form: HTMLFormElement | null) {
    if (form !== null) {
      const body = requestOf(choices, new FormData(form), false);
      setSent(body);
      register.reset();
      simulation.mutate({ params: { path: { slug }, query: { simulate: true } }, body });
    }
  }

  return (
    <Form
      error={inForm(failed, sent?.seats ?? [], words)}
      onSubmit={(data) => send(requestOf(choices, data, false))}
    >
      {isClash(failed) && sent !== null && (
        <Button look="secondary" onClick={() => send({ ...sent, overlaps_accepted: true })}>
          {words.overlap.confirm}
        </Button>
      )}
      <div className={css.fields}>
        <SessionChooser
          sessions={sessions}
          zone={zone}
          choices={choices}
          hint={words.sessionsHint}
          onPick={onPick}
        />
        <OverlapNotice pairs={overlapsOf(sessions, choices)} ways={waysOf(stop, choices)} />
        <IfFullFields open={someFull} several={count > 1} />
        <PersonFields person={{ language: locale }}>
          <Field name="email" label={words.email} hint={words.emailHint}>
            <TextInput type="email" autoComplete="email" />
          </Field>
        </PersonFields>
        <ConsentField />
      </div>
      {simulation.data !== undefined && (
        <Notice tone="info" title={words.simulated} live>
          <OutcomeList seats={simulation.data.seats} sessions={sessions} />
        </Notice>
      )}
      <div className={css.submit}>
        <Button type="submit" busy={register.isPending}>
          {register.isPending ? t.ui.sending : count === 0 ? words.submitNone : words.submit(count)}
        </Button>
        {someFull && (
          <Button
            look="secondary"
            busy={simulation.isPending}
            onClick={({ currentTarget }) => foresee(currentTarget.form)}
          >
            {words.simulate}
          </Button>
        )}
      </div>
    </Form>
  );
}
