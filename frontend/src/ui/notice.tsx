import type { ReactNode } from "react";
import css from "./notice.module.css";

/**
 * Something to know before going on. `live` announces one that appears after the page: a polite status, or an alert
 * when it is an alarm.
 */
export function Notice({
  tone,
  title,
  live = false,
  children,
}: {
  tone: "point" | "good" | "info" | "alarm";
  title?: ReactNode;
  live?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      className={css.notice}
      data-tone={tone}
      role={live ? (tone === "alarm" ? "alert" : "status") : undefined}
    >
      {title !== undefined && <p className={css.title}>{title}</p>}
      <div>{children}</div>
    </div>
  );
}
