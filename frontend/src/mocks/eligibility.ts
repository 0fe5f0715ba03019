/** Whether a structure may answer one of the samples: they only ask who leads. */
import type { components } from "../api/generated/schema.ts";
import { words } from "./parts.ts";

type Schemas = components["schemas"];

const REST = { text: null, source: null, change: null, asks: null };

/** The verdict on a kind of structure that leads; without a criterion nothing is stated. */
export function judge(
  { criteria }: Pick<Schemas["CallRead"], "criteria">,
  kind: string | null | undefined,
): Schemas["EligibilityAnswer"] {
  const asked = criteria.find((criterion) => criterion.about === "structure");
  if (asked === undefined) {
    return {
      verdict: "not_stated",
      changes: [],
      criteria: [{ ...REST, about: "structure", outcome: "not_stated" }],
    };
  }
  const isMet = asked.kinds.some((each) => each === kind);
  const change = isMet
    ? null
    : words("Prenez un hôpital pour chef de file.", "Let a hospital lead.");
  return {
    verdict: isMet ? "eligible" : "depends",
    changes: change === null ? [] : [change],
    criteria: [
      {
        about: "structure",
        outcome: isMet ? "met" : "depends",
        text: asked.text,
        source: asked.source,
        change,
        asks: null,
      },
      { ...REST, about: "region", outcome: "not_stated" },
    ],
  };
}
