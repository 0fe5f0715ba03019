import { useEffect, useRef } from "react";
import type { Problem } from "#api/problem.ts";
import { useI18n } from "#i18n/context.tsx";
import { fieldId } from "./form-context.ts";
import css from "./form.module.css";
import { useProblemWords } from "./problem-words.ts";

/** What a refused form must say, in one place that takes the focus: the rule, then each field, a link away. */
export function FormErrors({ form, problem }: { form: string; problem: Problem }) {
  const { t } = useI18n();
  const { title, detail } = useProblemWords(problem);
  const box = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- each refusal takes the focus, even in the same words
  useEffect(() => box.current?.focus(), [problem]);

  function lead(name: string) {
    document.getElementById(fieldId(form, name))?.focus();
  }

  return (
    <div ref={box} role="alert" tabIndex={-1} className={css.errors}>
      <p className={css.errorsTitle}>
        {problem.errors.length > 0 ? t.ui.formErrors(problem.errors.length) : title}
      </p>
      {problem.errors.length === 0 && <p>{detail}</p>}
      <ul>
        {problem.errors.map(({ pointer, detail: sentence }) => (
          <li key={pointer + sentence}>
            {pointer.startsWith("/") ? (
              <a
                href={`#${fieldId(form, pointer.slice(1))}`}
                onClick={(event) => {
                  event.preventDefault();
                  lead(pointer.slice(1));
                }}
              >
                {sentence}
              </a>
            ) : (
              sentence
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
