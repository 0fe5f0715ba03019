import type { ReactNode } from "react";
import { asProblem } from "#api/problem.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "./button.tsx";
import { useProblemWords } from "./problem-words.ts";
import css from "./states.module.css";

type Heading = {
  /** `h1` where the state is the whole page. */
  as?: "h1" | "h2" | "h3";
};

/** Nothing to show, and what to do next. */
export function EmptyState({
  as: Title = "h2",
  title,
  actions,
  children,
}: Heading & {
  title: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className={css.state}>
      <EmptyRoad />
      <Title>{title}</Title>
      {children !== undefined && <div className={css.words}>{children}</div>}
      {actions !== undefined && <div className={css.actions}>{actions}</div>}
    </div>
  );
}

/** An error that took the place of a page or of a part of it: the server's words, or ours where it had none. */
export function ErrorState({
  as: Title = "h2",
  error,
  onRetry,
}: Heading & { error: unknown; onRetry?: () => void }) {
  const { t } = useI18n();
  const problem = asProblem(error);
  const { title, detail } = useProblemWords(problem);
  return (
    <div className={css.state} role="alert">
      <EmptyRoad />
      <Title>{title}</Title>
      <div className={css.words}>
        <p>{detail}</p>
        {problem.request_id !== "" && <p className="small">{t.ui.requestId(problem.request_id)}</p>}
      </div>
      {onRetry !== undefined && (
        <div className={css.actions}>
          <Button onClick={onRetry}>{t.ui.retry}</Button>
        </div>
      )}
    </div>
  );
}

function EmptyRoad() {
  return (
    <svg viewBox="0 0 120 40" width="120" height="40" aria-hidden="true" className={css.road}>
      <path d="M8 30C38 -6 74 52 112 10" />
      <circle cx="8" cy="30" r="6" />
    </svg>
  );
}

/** The shape of what is coming, in so many lines. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  const { t } = useI18n();
  return (
    <div className={css.skeleton} role="status">
      <span className="hidden">{t.ui.loading}</span>
      {Array.from({ length: lines }, (_, at) => (
        <div key={at} className={css.bone} />
      ))}
    </div>
  );
}
