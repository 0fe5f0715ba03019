/** A document speaks one language, told by its URL: French at the root, English under `/en`, with the same slugs. */
export type Locale = "fr" | "en";

const ENGLISH = /^\/en(?=\/|$)/;

/** The language of a path: `/en/appels` is English, `/enfance` is French. */
export function localeOf(pathname: string): Locale {
  return ENGLISH.test(pathname) ? "en" : "fr";
}

/** What the router strips from every URL, so that one set of routes serves both languages. */
export function basepathOf(locale: Locale): string {
  return locale === "en" ? "/en" : "/";
}

/** The same page in a language. */
export function pathIn(locale: Locale, pathname: string): string {
  const bare = pathname.replace(ENGLISH, "") || "/";
  return locale === "en" ? `/en${bare === "/" ? "" : bare}` : bare;
}
