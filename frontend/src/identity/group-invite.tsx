import { useState } from "react";
import { $api } from "#api/client.ts";
import { createKeyring } from "#api/keyring.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { dayText, isoDay, timeText, zoneText } from "#i18n/dates.ts";
import { instantIn } from "#i18n/instants.ts";
import { useText } from "#i18n/text.tsx";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/choice.tsx";
import { Field, FieldError, TextInput } from "#ui/field.tsx";
import { useFormField } from "#ui/form-context.ts";
import { Form } from "#ui/form.tsx";
import { useAct } from "./grave.tsx";
import { typed } from "./proof.tsx";
import css from "./boxes.module.css";

type Stop = Schema<"StopRead">;
type Group = Schema<"DelegationRead">;

const DAY = 86_400_000;

/** What may still be given: the seats of each session to come, in each mode. */
function offersOf({ sessions }: Stop, now: Date) {
  return sessions.flatMap(({ slug, title, starts_at: start, seats }) =>
    start !== null && Date.parse(start) > now.getTime()
      ? seats.map(({ mode }) => ({
          box: `seats/${slug}/${mode}`,
          session: slug,
          mode,
          title,
          start,
        }))
      : [],
  );
}

/** Keeps seats for a group: one code, which each of them claims a seat with. */
export function GroupInvite({ stop, onDone }: { stop: Stop; onDone: (made: Group) => void }) {
  const i18n = useI18n();
  const { t, now } = i18n;
  const words = t.desk.groups;
  const leader = t.registration.group;
  const [keyring] = useState(createKeyring);
  const invite = useAct(
    $api.useMutation("post", "/api/v1/manage/stops/{slug}/delegations", {
      onSettled: (_, error) => keyring.settle(error),
    }),
    onDone,
  );
  const offers = offersOf(stop, now);
  if (offers.length === 0) {
    return null;
  }
  const first = Math.min(...offers.map(({ start }) => Date.parse(start)));
  const usual = new Date(Math.max(first - 7 * DAY, Math.min(now.getTime() + DAY, first - DAY)));

  function send(data: FormData) {
    const body = {
      name: typed(data, "name"),
      size: Number(data.get("size")),
      seats: offers
        .filter(({ box }) => data.has(box))
        .map(({ session, mode }) => ({ session, mode })),
      together: data.has("together"),
      claim_until: instantIn(typed(data, "claim_until"), stop.zone),
    };
    const header = { "Idempotency-Key": keyring.keyFor(body) };
    invite.mutate({ params: { path: { slug: stop.slug }, header }, body });
  }

  return (
    <details>
      <summary>{words.invite}</summary>
      <div className="stack">
        <p className="soft small">{words.lead}</p>
        <Form error={invite.error} onSubmit={send}>
          <Field name="name" label={leader.name}>
            <TextInput autoComplete="off" />
          </Field>
          <Field name="size" label={leader.size} hint={words.sizeHint}>
            <TextInput type="number" min={1} max={200} inputMode="numeric" />
          </Field>
          <Seats offers={offers} zone={stop.zone} />
          <Field
            name="claim_until"
            label={words.until}
            hint={words.untilHint(zoneText(stop.zone, i18n))}
          >
            <TextInput type="datetime-local" defaultValue={`${isoDay(usual, stop.zone)}T18:00`} />
          </Field>
          <Checkbox
            name="together"
            label={leader.together}
            hint={leader.togetherHint}
            defaultChecked
          />
          <div>
            <Button type="submit" look="secondary" busy={invite.isPending}>
              {invite.isPending ? t.ui.sending : words.make}
            </Button>
          </div>
        </Form>
      </div>
    </details>
  );
}

function Seats({ offers, zone }: { offers: ReturnType<typeof offersOf>; zone: string }) {
  const i18n = useI18n();
  const textOf = useText();
  const { id, error } = useFormField("seats");
  return (
    <fieldset id={id} tabIndex={-1} className={css.boxes}>
      <legend className={css.legend}>{i18n.t.desk.groups.seats}</legend>
      {error !== undefined && <FieldError id={`${id}-error`}>{error}</FieldError>}
      {offers.map(({ box, title, mode, start }) => (
        <Checkbox
          key={box}
          name={box}
          label={`${textOf(title)} · ${i18n.t.codes.mode[mode]}`}
          hint={`${dayText(isoDay(new Date(start), zone), i18n)}, ${timeText(start, zone, i18n)}`}
        />
      ))}
    </fieldset>
  );
}
