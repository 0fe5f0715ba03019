import { useI18n } from "#i18n/context.tsx";
import { Field, Select } from "#ui/field.tsx";

const DAYS = [30, 90, 365, 730];
const USUAL = 365;

/** For how long a key works. */
export function KeyDays() {
  const { t } = useI18n();
  const { days, dayCount } = t.team.keys;
  return (
    <Field name="expires_in_days" label={days}>
      <Select
        defaultValue={String(USUAL)}
        options={DAYS.map((count) => ({ value: String(count), label: dayCount(count) }))}
      />
    </Field>
  );
}

/** The days that a form says. */
export function daysIn(data: FormData): number {
  return Number(data.get("expires_in_days")) || USUAL;
}
