import type { components } from "./generated/schema.ts";

/** A refusal as the API states it (RFC 9457). Every error that a page can meet is one, the network's included. */
export type Problem = components["schemas"]["Problem"];

const OURS = { title: "", detail: "", request_id: "", errors: [] };

/** No answer came: the words are the screen's, since no server could give them. */
export const UNREACHABLE: Problem = { ...OURS, type: "/problems/unreachable", status: 0 };

/** An answer came that the contract does not know, or a page failed on its own. */
const UNEXPECTED: Problem = { ...OURS, type: "/problems/unexpected", status: 0 };

/** Whether an error is what the API said, or its silence. */
export function isProblem(error: unknown): error is Problem {
  return (
    typeof error === "object" &&
    error !== null &&
    "type" in error &&
    "title" in error &&
    "errors" in error &&
    "status" in error &&
    typeof error.status === "number"
  );
}

/** The problem that an error is: what the API said, or `UNEXPECTED`. */
export function asProblem(error: unknown): Problem {
  return isProblem(error) ? error : UNEXPECTED;
}
