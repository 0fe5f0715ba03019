import type { ReactNode } from "react";
import css from "./rows.module.css";

/** Things one under the other, a line between them. */
export function Rows({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <ul className={css.rows} aria-label={label}>
      {children}
    </ul>
  );
}

/** One thing: what it is, what else is known of it, and at its end its state or what one can do. */
export function Row({
  title,
  detail,
  children,
}: {
  title: ReactNode;
  detail?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <li className={css.row}>
      <div>
        <p className={css.title}>{title}</p>
        {detail !== undefined && <div className="small soft">{detail}</div>}
      </div>
      {children !== undefined && <div className={css.aside}>{children}</div>}
    </li>
  );
}
