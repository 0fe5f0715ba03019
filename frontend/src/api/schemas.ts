import type { components } from "./generated/schema.ts";

/** Every value of the codes that an address may hold, in the order of the contract. */
export {
  aidValues,
  applicantValues,
  callKindValues,
  callSortValues,
  callStateValues,
  editionValues,
  stageValues,
  structureKindValues,
} from "./generated/schema.ts";

/** A shape that the API speaks, by its name in the contract: `Schema<"CallRead">`. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];
