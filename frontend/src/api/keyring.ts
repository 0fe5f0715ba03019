import { asProblem, UNREACHABLE } from "./problem.ts";

/** Answers that may have come before the act was decided: asking again must be the same act. */
const UNDECIDED = new Set([UNREACHABLE.status, 429]);
const IN_FLIGHT = "/problems/key-in-flight";

/**
 * The `Idempotency-Key` of a form: the same while the same body is tried again after a silence, another for another body
 * or once the server has decided. A refusal is kept beside its key too, so it would be replayed after a seat came free.
 */
export function createKeyring() {
  let last: { body: string; key: string } | null = null;
  return {
    keyFor(body: unknown): string {
      const written = JSON.stringify(body);
      if (last?.body !== written) {
        last = { body: written, key: crypto.randomUUID() };
      }
      return last.key;
    },
    /** Tells what came of the act; without error it is done. */
    settle(error: unknown): void {
      const { status, type } = asProblem(error);
      const undecided =
        error !== null && (UNDECIDED.has(status) || status >= 500 || type === IN_FLIGHT);
      if (!undecided) {
        last = null;
      }
    },
  };
}
