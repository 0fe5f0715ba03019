import { useI18n } from "#i18n/context.tsx";
import { Checkbox } from "#ui/choice.tsx";
import { Field, Select } from "#ui/field.tsx";
import css from "./registration.module.css";

const LIMITS = [2, 12, 24, 48, 168];

/** What to do when no seat is left. Folded away until a chosen session is full: the usual answers are already given. */
export function IfFullFields({
  open,
  several,
  together = false,
  meanwhile = true,
  hours = 48,
}: {
  open: boolean;
  several: boolean;
  together?: boolean;
  meanwhile?: boolean;
  hours?: number;
}) {
  const { t } = useI18n();
  const words = t.registration.ifFull;
  const limits = LIMITS.includes(hours) ? LIMITS : [...LIMITS, hours].toSorted((a, b) => a - b);
  return (
    <details className={css.ifFull} open={open}>
      <summary>{open ? words.someFull : words.title}</summary>
      <div className="stack">
        <Checkbox name="if_full" label={words.wait} hint={words.waitHint} defaultChecked />
        {several && (
          <Checkbox
            name="together"
            label={words.together}
            hint={words.togetherHint}
            defaultChecked={together}
          />
        )}
        <Checkbox name="online_meanwhile" label={words.meanwhile} defaultChecked={meanwhile} />
        <Field name="promote_until_hours" label={words.promote} hint={words.promoteHint}>
          <Select
            defaultValue={String(hours)}
            options={limits.map((limit) => ({
              value: String(limit),
              label: words.hours[limit] ?? words.hoursOther(limit),
            }))}
          />
        </Field>
      </div>
    </details>
  );
}
