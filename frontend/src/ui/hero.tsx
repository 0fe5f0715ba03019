import type { ReactNode } from "react";
import css from "./hero.module.css";

/** The opening of the home page: what it is for, and the one thing to do. The road behind is a drawing only. */
export function Hero({
  title,
  lead,
  children,
}: {
  title: ReactNode;
  lead: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={css.hero}>
      <svg viewBox="0 0 420 260" className={css.road} aria-hidden="true">
        <path className={css.behind} d="M10 232C70 150 92 96 150 128" />
        <path className={css.ahead} d="M150 128C214 162 222 226 292 170S338 58 404 34" />
        <circle className={css.past} cx="10" cy="232" r="9" />
        <circle className={css.past} cx="76" cy="139" r="9" />
        <circle className={css.here} cx="150" cy="128" r="13" />
        <circle className={css.next} cx="292" cy="170" r="10" />
        <circle className={css.coming} cx="404" cy="34" r="9" />
      </svg>
      <h1 className="display">{title}</h1>
      <p className="lead">{lead}</p>
      <div className={css.act}>{children}</div>
    </section>
  );
}
