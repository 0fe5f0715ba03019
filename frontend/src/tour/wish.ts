import { asProblem, type Problem } from "#api/problem.ts";
import type { Schema } from "#api/schemas.ts";
import type { Messages } from "#i18n/messages.ts";
import type { Choices, Mode } from "./programme.ts";

/** What a form of wishes says besides who is asking; `overlaps_accepted` once they said that they know. */
type Wishes = Omit<Schema<"RegistrationChange">, "name" | "organisation" | "language">;

const SEAT = /^\/seats\/(\d+)(?:\/\w+)?$/;

/** What is asked for, from the choices and the fields of the form. */
export function wishesOf(choices: Choices, data: FormData, overlapsAccepted: boolean): Wishes {
  return {
    seats: Object.entries(choices).map(([session, mode]: [string, Mode]) => ({ session, mode })),
    if_full: data.has("if_full") ? "wait" : "refuse",
    online_meanwhile: data.has("online_meanwhile"),
    promote_until_hours: Number(data.get("promote_until_hours")),
    together: data.has("together"),
    overlaps_accepted: overlapsAccepted || data.has("overlaps_accepted"),
  };
}

const CLASHES = new Set(["/problems/sessions-overlap", "/problems/sessions-too-far"]);

/** Whether the refusal is one that "I know" overcomes. */
export function isClash(error: unknown): boolean {
  return CLASHES.has(asProblem(error).type);
}

/**
 * A refusal in the form's terms. The API points at the nth seat of the body; the form names its fields by session. Where
 * its sentence speaks to programs, the screen has one for people.
 */
export function inForm(
  error: unknown,
  seats: Wishes["seats"],
  words: Messages["registration"],
): Problem | null {
  if (error === null) {
    return null;
  }
  const problem = asProblem(error);
  const full: unknown = problem["sessions"];
  if (isClash(problem)) {
    return { ...problem, detail: words.overlap.detail };
  }
  if (Array.isArray(full)) {
    return {
      ...problem,
      errors: full.map((session) => ({
        pointer: `/seats/${String(session)}`,
        detail: words.fullDetail,
      })),
    };
  }
  return {
    ...problem,
    errors: problem.errors.map(({ pointer, detail }) => {
      const own = words.wrong[pointer];
      if (own !== undefined) {
        return { pointer, detail: own };
      }
      const at = SEAT.exec(pointer)?.[1];
      const session = at === undefined ? undefined : seats[Number(at)]?.session;
      return { pointer: session === undefined ? pointer : `/seats/${session}`, detail };
    }),
  };
}
