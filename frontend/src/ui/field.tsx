import { type ComponentProps, createContext, type ReactNode, useContext, useMemo } from "react";
import { useI18n } from "#i18n/context.tsx";
import { useFormField } from "./form-context.ts";
import css from "./form.module.css";

type Wiring = Pick<
  ComponentProps<"input">,
  "id" | "name" | "required" | "aria-invalid" | "aria-describedby"
>;

const FieldContext = createContext<Wiring | null>(null);

function useWiring(): Wiring {
  const wiring = useContext(FieldContext);
  if (wiring === null) {
    throw new Error("A control stands outside a Field");
  }
  return wiring;
}

/**
 * A label, a hint, an error and one control, wired together. `name` is the field's path in the body (`email`,
 * `person/email`). What is not `optional` is required; the rare optional one says so, but `silently`: where a form
 * says once that all are.
 */
export function Field({
  name,
  label,
  hint,
  optional = false,
  children,
}: {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  optional?: boolean | "silently";
  children: ReactNode;
}) {
  const { t } = useI18n();
  const { id, error } = useFormField(name);
  const hinted = hint !== undefined;
  const wrong = error !== undefined;
  const wiring: Wiring = useMemo(
    () => ({
      id,
      name,
      required: optional === false,
      "aria-invalid": wrong || undefined,
      "aria-describedby":
        [hinted && `${id}-hint`, wrong && `${id}-error`].filter(Boolean).join(" ") || undefined,
    }),
    [id, name, optional, hinted, wrong],
  );
  return (
    <div className={css.field}>
      <label htmlFor={id}>
        {label}
        {optional === true && <span className="soft"> ({t.ui.optional})</span>}
      </label>
      {hinted && (
        <p id={`${id}-hint`} className={css.hint}>
          {hint}
        </p>
      )}
      <FieldContext value={wiring}>{children}</FieldContext>
      {wrong && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  );
}

/** What is wrong with a field, under it. */
export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className={css.error}>
      {children}
    </p>
  );
}

type Own = "id" | "name" | "required" | "className" | "aria-invalid" | "aria-describedby";

/** One line of text, in a `Field`. */
export function TextInput(props: Omit<ComponentProps<"input">, Own>) {
  return <input type="text" {...props} {...useWiring()} className={css.control} />;
}

/** Several lines of text, in a `Field`. */
export function TextArea(props: Omit<ComponentProps<"textarea">, Own>) {
  return <textarea rows={4} {...props} {...useWiring()} className={css.control} />;
}

/** A choice among many, in a `Field`. */
export function Select({
  options,
  ...props
}: Omit<ComponentProps<"select">, Own | "children"> & {
  options: readonly { value: string; label: string }[];
}) {
  return (
    <select {...props} {...useWiring()} className={css.control}>
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}
