import type { ReactNode } from "react";
import { useI18n } from "#i18n/context.tsx";
import css from "./route-line.module.css";

/** Where a point of the road stands: behind us, here, the next one, or only announced. */
export type RouteState = "past" | "now" | "next" | "coming";

export type RoutePoint = { id: string; state: RouteState; title: ReactNode; detail?: ReactNode };

/** Few points have room across a column, some across a page; a crowd is read down. */
function lengthOf({ length }: readonly RoutePoint[]): "few" | "some" | "crowd" {
  return length <= 5 ? "few" : length <= 10 ? "some" : "crowd";
}

/**
 * The signature: one road for the waves of a call, the days of a tour, the life of a registration. Across where there is
 * room for it, down where there is not.
 */
export function RouteLine({ label, points }: { label: string; points: readonly RoutePoint[] }) {
  const { t } = useI18n();
  return (
    <div className={css.frame}>
      <ol className={css.line} aria-label={label} data-length={lengthOf(points)}>
        {points.map(({ id, state, title, detail }) => (
          <li key={id} data-state={state} aria-current={state === "now" ? "step" : undefined}>
            <div className={css.title}>
              {title}
              <span className="hidden"> ({t.ui.routeLine[state]})</span>
            </div>
            {detail !== undefined && <div className={css.detail}>{detail}</div>}
          </li>
        ))}
      </ol>
    </div>
  );
}
