import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { isoDay } from "#i18n/dates.ts";
import { instantIn } from "#i18n/instants.ts";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/choice.tsx";
import { Field, TextInput } from "#ui/field.tsx";
import { Form } from "#ui/form.tsx";

const DAY = 86_400_000;
const CLOSING = "T18:00";

/** How many come, under which name, and until when their seats are kept. */
export function GroupForm({
  registration: { organisation, seats, stop },
  error,
  busy,
  onSubmit,
}: {
  registration: Schema<"RegistrationRead">;
  error: unknown;
  busy: boolean;
  onSubmit: (wanted: Omit<Schema<"DelegationRequest">, "seats">) => void;
}) {
  const { t, now } = useI18n();
  const words = t.registration.group;
  const first = Math.min(...seats.map(({ starts_at: start }) => Date.parse(start)));
  const usual = new Date(Math.max(first - 7 * DAY, Math.min(now.getTime() + DAY, first - DAY)));

  function send(data: FormData) {
    const [name, day] = [data.get("name"), data.get("claim_until")];
    onSubmit({
      name: typeof name === "string" ? name.trim() : "",
      size: Number(data.get("size")),
      together: data.has("together"),
      claim_until: instantIn(typeof day === "string" ? day + CLOSING : "", stop.zone),
    });
  }

  return (
    <Form error={error} onSubmit={send}>
      <Field name="name" label={words.name}>
        <TextInput autoComplete="organization" defaultValue={organisation ?? ""} />
      </Field>
      <Field name="size" label={words.size} hint={words.sizeHint}>
        <TextInput type="number" min={1} max={20} defaultValue="4" inputMode="numeric" />
      </Field>
      <Field name="claim_until" label={words.until} hint={words.untilHint}>
        <TextInput type="date" defaultValue={isoDay(usual, stop.zone)} />
      </Field>
      <Checkbox name="together" label={words.together} hint={words.togetherHint} defaultChecked />
      <Button type="submit" busy={busy}>
        {busy ? t.ui.sending : words.make}
      </Button>
    </Form>
  );
}
