import type { ComponentProps, ReactNode } from "react";
import { FieldError } from "./field.tsx";
import { useFormField } from "./form-context.ts";
import css from "./form.module.css";

type Input = Omit<ComponentProps<"input">, "id" | "type" | "className">;

function Choice({
  type,
  label,
  hint,
  id,
  describedBy,
  ...input
}: Input & {
  type: "checkbox" | "radio";
  label: ReactNode;
  hint?: ReactNode;
  id: string;
  describedBy: string | undefined;
}) {
  const described = [hint !== undefined && `${id}-hint`, describedBy].filter(Boolean).join(" ");
  return (
    <div className={css.choice}>
      <input {...input} type={type} id={id} aria-describedby={described || undefined} />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint !== undefined && (
          <p id={`${id}-hint`} className={css.hint}>
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}

/** A yes or no, with its own label. */
export function Checkbox({
  name,
  label,
  hint,
  ...input
}: Input & { name: string; label: ReactNode; hint?: ReactNode }) {
  const { id, error } = useFormField(name);
  const errorId = error === undefined ? undefined : `${id}-error`;
  return (
    <div className={css.field}>
      <Choice
        {...input}
        type="checkbox"
        name={name}
        id={id}
        label={label}
        hint={hint}
        describedBy={errorId}
        aria-invalid={error !== undefined || undefined}
      />
      {errorId !== undefined && <FieldError id={errorId}>{error}</FieldError>}
    </div>
  );
}

export type RadioOption = { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean };

/** A choice among few, all in sight. Uncontrolled with `defaultValue`, controlled with `value` and `onChange`. */
export function RadioGroup({
  name,
  legend,
  options,
  value,
  defaultValue,
  onChange,
}: {
  name: string;
  legend: ReactNode;
  options: readonly RadioOption[];
  value?: string;
  defaultValue?: string;
  onChange?: (value: string) => void;
}) {
  const { id, error } = useFormField(name);
  const errorId = error === undefined ? undefined : `${id}-error`;
  return (
    <fieldset className={css.field} aria-describedby={errorId}>
      <legend className={css.legend}>{legend}</legend>
      {options.map((option, at) => (
        <Choice
          key={option.value}
          type="radio"
          name={name}
          // The summary of errors leads to the first one.
          id={at === 0 ? id : `${id}-${option.value}`}
          value={option.value}
          label={option.label}
          hint={option.hint}
          disabled={option.disabled}
          describedBy={undefined}
          {...(value === undefined
            ? { defaultChecked: option.value === defaultValue }
            : { checked: option.value === value })}
          onChange={() => onChange?.(option.value)}
        />
      ))}
      {errorId !== undefined && <FieldError id={errorId}>{error}</FieldError>}
    </fieldset>
  );
}
