/** What somebody saw of each call when they last read it. It stays in their browser. */

const KEY = "etape-calls";
const MOST = 200;

/** The version of a call that was read, and when. */
export type Visit = { version: number; at: string };

function isVisit(value: unknown): value is Visit {
  return (
    typeof value === "object" &&
    value !== null &&
    "version" in value &&
    typeof value.version === "number" &&
    "at" in value &&
    typeof value.at === "string"
  );
}

function visits(): [string, Visit][] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return Object.entries(kept ?? {}).flatMap(([slug, visit]) =>
      isVisit(visit) ? [[slug, visit]] : [],
    );
  } catch {
    return []; // closed to us, or not ours: nobody was here before
  }
}

/** The last visit to a call, before this one. */
export function lastVisit(slug: string): Visit | null {
  return new Map(visits()).get(slug) ?? null;
}

/** Keeps that this version was read now; the oldest visits make room. */
export function rememberVisit(slug: string, version: number, now: Date): void {
  const others = visits().filter(([other]) => other !== slug);
  const kept = [...others, [slug, { version, at: now.toISOString() }]].slice(-MOST);
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(kept)));
  } catch {
    // the browser keeps nothing: every visit is the first
  }
}
