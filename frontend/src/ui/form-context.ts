import { createContext, useContext } from "react";

/** What a control needs to know of its form: who it is, and what was said against it. */
type FormState = { id: string; errors: ReadonlyMap<string, string> };

const FormContext = createContext<FormState | null>(null);

export const FormProvider = FormContext.Provider;

/** The DOM id of a field, to which the error summary leads. */
export function fieldId(form: string, name: string): string {
  return `${form}-${name}`;
}

/** The id and the error of one field of the form around. */
export function useFormField(name: string): { id: string; error: string | undefined } {
  const form = useContext(FormContext);
  if (form === null) {
    throw new Error(`The field "${name}" stands outside a Form`);
  }
  return { id: fieldId(form.id, name), error: form.errors.get(name) };
}
