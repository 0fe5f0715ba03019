import { type Problem, UNREACHABLE } from "#api/problem.ts";
import { useI18n } from "#i18n/context.tsx";

/** A problem in words: the server's, or ours where no server could speak. */
export function useProblemWords(problem: Problem): { title: string; detail: string } {
  const { t } = useI18n();
  if (problem.title !== "") {
    return problem;
  }
  return problem.type === UNREACHABLE.type ? t.errors.unreachable : t.errors.unexpected;
}
