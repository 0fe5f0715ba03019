import { basepathOf, localeOf } from "#i18n/locale.ts";

/** Where in this document one is: at the door of a stop, before any, or at a session to be joined. */
export type Place =
  | { page: "door"; stop: string }
  | { page: "stops" }
  | { page: "join"; session: string; proof: string };

/** Reads an address: `/en/pointage/lille` is the door of Lille, `/rejoindre/…` a link of a letter. */
export function placeOf(pathname: string): Place {
  const base = basepathOf(localeOf(pathname));
  const bare = base === "/" ? pathname : pathname.slice(base.length);
  const [, page, first = "", second = ""] = bare.split("/").map(decodeURIComponent);
  if (page === "rejoindre") {
    return { page: "join", session: first, proof: second };
  }
  return first === "" ? { page: "stops" } : { page: "door", stop: first };
}

/** The address of the door of a stop, in the language of this document. */
export function doorPath(stop: string): string {
  const base = basepathOf(localeOf(location.pathname));
  return `${base === "/" ? "" : base}/pointage/${stop}`;
}
