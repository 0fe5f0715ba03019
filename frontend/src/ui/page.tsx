import { type ReactNode, useEffect } from "react";
import { useI18n } from "#i18n/context.tsx";
import css from "./page.module.css";

/** Where the skip link and a change of page lead. */
export const CONTENT = "contenu";

/**
 * One page. `title` is the tab's and is not drawn. On a laptop an `aside` (facets) stands before the content and a `rail`
 * (what must stay in sight) after it; on a phone the aside is not there and the rail comes between `head` and content,
 * so that a deadline is above the fold; with `railLast`, for a form that one comes to after reading, it ends the page
 * there. `fictitious` draws the banner of the demonstration.
 */
export function Page({
  title,
  head,
  aside,
  rail,
  railLast = false,
  narrow = false,
  fictitious = false,
  children,
}: {
  title: string;
  head?: ReactNode;
  aside?: ReactNode;
  rail?: ReactNode;
  railLast?: boolean;
  narrow?: boolean;
  fictitious?: boolean;
  children: ReactNode;
}) {
  const { t } = useI18n();
  useEffect(() => {
    document.title =
      title === t.shell.name ? `${title}, ${t.shell.promise}` : `${title} · ${t.shell.name}`;
  }, [title, t]);
  const side = rail !== undefined && <div className={css.rail}>{rail}</div>;
  return (
    <div>
      {fictitious && (
        <aside className={css.demo} aria-label={t.ui.fictitiousLabel}>
          {t.ui.fictitious}
        </aside>
      )}
      <main id={CONTENT} tabIndex={-1} className={css.page} data-narrow={narrow}>
        {aside !== undefined && <div className={css.aside}>{aside}</div>}
        {head !== undefined && <div className={css.content}>{head}</div>}
        {!railLast && side}
        <div className={css.content}>{children}</div>
        {railLast && side}
      </main>
    </div>
  );
}

/** A titled part of a page. */
export function Section({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section className={css.section}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** What one came to do, always under the thumb: at the foot of a phone's screen, hidden on a laptop, whose rail has it. */
export function StickyActions({ children }: { children: ReactNode }) {
  return <div className={css.sticky}>{children}</div>;
}
