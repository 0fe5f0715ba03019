import { useState } from "react";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Form } from "#ui/form.tsx";
import { heldOf } from "./held.ts";
import { IfFullFields } from "./if-full-fields.tsx";
import { OverlapNotice } from "./overlap-notice.tsx";
import { PersonFields, personOf } from "./person-fields.tsx";
import { type Choices, chosen, isFull, type Mode, overlapsOf, waysOf } from "./programme.ts";
import { SessionChooser } from "./session-chooser.tsx";
import { inForm, isClash, wishesOf } from "./wish.ts";

type Change = Schema<"RegistrationChange">;

/** What a registration asks for now, as choices. */
function choicesOf(seats: Schema<"RegistrationRead">["seats"]): Choices {
  return Object.fromEntries(heldOf(seats).map(({ seat }) => [seat.session, seat.mode]));
}

/** Chooses the sessions of a registration again, and says again who comes; nothing moves until it is saved. */
export function ChangeForm({
  registration,
  stop,
  error,
  busy,
  onSave,
  onStay,
}: {
  registration: Schema<"RegistrationRead">;
  stop: Schema<"StopRead">;
  error: unknown;
  busy: boolean;
  onSave: (change: Change) => void;
  onStay: () => void;
}) {
  const { t } = useI18n();
  const words = t.registration;
  const held = choicesOf(registration.seats);
  const [choices, setChoices] = useState(held);
  const [sent, setSent] = useState<Change | null>(null);
  const someFull = stop.sessions.some((session) => {
    const mode = choices[session.slug];
    return mode !== undefined && held[session.slug] !== mode && isFull(session, mode);
  });

  function changeOf(data: FormData): Change {
    const person = personOf(data);
    // Null would keep the organisation: that it cannot be erased is the API's to say.
    const nobody = registration.organisation === null ? null : "";
    return {
      ...wishesOf(choices, data, false),
      ...person,
      organisation: person.organisation ?? nobody,
    };
  }

  function save(change: Change) {
    setSent(change);
    onSave(change);
  }

  return (
    <Form error={inForm(error, sent?.seats ?? [], words)} onSubmit={(data) => save(changeOf(data))}>
      {isClash(error) && sent !== null && (
        <Button look="secondary" onClick={() => save({ ...sent, overlaps_accepted: true })}>
          {words.overlap.confirm}
        </Button>
      )}
      <SessionChooser
        sessions={stop.sessions}
        zone={stop.zone}
        choices={choices}
        kept={held}
        hint={words.mine.changeHint}
        onPick={(session: string, mode: Mode | null) =>
          setChoices((before) => chosen(before, session, mode))
        }
      />
      <OverlapNotice pairs={overlapsOf(stop.sessions, choices)} ways={waysOf(stop, choices)} />
      <IfFullFields
        open={someFull}
        several={Object.keys(choices).length > 1}
        together={registration.together}
        meanwhile={registration.online_meanwhile}
        hours={registration.promote_until_hours}
      />
      <PersonFields person={registration} />
      <div className="row">
        <Button type="submit" busy={busy}>
          {busy ? t.ui.sending : words.mine.save}
        </Button>
        <Button look="secondary" onClick={onStay}>
          {words.mine.stay}
        </Button>
      </div>
    </Form>
  );
}
