import { type ReactNode, useEffect } from "react";
import css from "./checkin.module.css";
import { useWords } from "./words.ts";

/** The one column of this document, under the name of what it is for. */
export function Frame({
  title,
  fictitious = false,
  children,
}: {
  title: string;
  fictitious?: boolean;
  children: ReactNode;
}) {
  const words = useWords();
  useEffect(() => {
    document.title = `${title} · Étape`;
  }, [title]);
  return (
    <main className={css.page}>
      {fictitious && <p className={css.fictitious}>{words.fictitious}</p>}
      {children}
    </main>
  );
}
