import { asProblem, type Problem } from "#api/problem.ts";

const FRESH_PROOF_NEEDED = "/problems/fresh-proof-needed";

/** Whether the API wants to know again who asks, before it does what was asked. */
export function isFreshProofNeeded(error: unknown): boolean {
  return asProblem(error).type === FRESH_PROOF_NEEDED;
}

/** A field left empty, told before anything is sent. */
export function missing(name: string, detail: string): Problem {
  return {
    type: "/problems/invalid",
    title: "",
    detail: "",
    status: 422,
    request_id: "",
    errors: [{ pointer: `/${name}`, detail }],
  };
}
