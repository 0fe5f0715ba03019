import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import type { Locale } from "./locale.ts";
import type { Messages } from "./messages.ts";

/** What it takes to say something: a language, its sentences, and the present, which relative times are counted from. */
export type I18n = { locale: Locale; t: Messages; now: Date };

const I18nContext = createContext<I18n | null>(null);

const MINUTE = 60_000;

/** Gives the language and a present that moves on each minute. `now` pins it, for tests and specimens. */
export function I18nProvider({
  locale,
  messages,
  now: pinned,
  children,
}: {
  locale: Locale;
  messages: Messages;
  now?: Date;
  children: ReactNode;
}) {
  const [ticking, setTicking] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setTicking(new Date()), MINUTE);
    return () => clearInterval(timer);
  }, []);
  const now = pinned ?? ticking;
  const value = useMemo(() => ({ locale, t: messages, now }), [locale, messages, now]);
  return <I18nContext value={value}>{children}</I18nContext>;
}

/** The language of the page. */
export function useI18n(): I18n {
  const i18n = useContext(I18nContext);
  if (i18n === null) {
    throw new Error("useI18n is called outside I18nProvider");
  }
  return i18n;
}
