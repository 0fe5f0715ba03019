import { type ReactNode, useId, useMemo } from "react";
import { asProblem, type Problem } from "#api/problem.ts";
import { FormErrors } from "./form-errors.tsx";
import { FormProvider } from "./form-context.ts";
import css from "./form.module.css";

/** A field is named as its JSON Pointer reads: `/person/email` is `person/email`. */
function errorsByField(problem: Problem | null): ReadonlyMap<string, string> {
  return new Map(
    problem?.errors.map(({ pointer, detail }) => [pointer.replace(/^\//, ""), detail]),
  );
}

/**
 * A form. `error` is the mutation's, or null: it cannot be left out, so no refusal is silent. What names a field is
 * drawn on that field, everything in the summary. The server is the one judge: the browser's own bubbles are off.
 */
export function Form({
  error,
  onSubmit,
  children,
}: {
  error: unknown;
  onSubmit: (data: FormData) => void;
  children: ReactNode;
}) {
  const id = useId();
  const problem = useMemo(
    () => (error === null || error === undefined ? null : asProblem(error)),
    [error],
  );
  const state = useMemo(() => ({ id, errors: errorsByField(problem) }), [id, problem]);
  return (
    <FormProvider value={state}>
      <form
        noValidate
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit(new FormData(event.currentTarget));
        }}
      >
        {problem !== null && <FormErrors form={id} problem={problem} />}
        {children}
      </form>
    </FormProvider>
  );
}
