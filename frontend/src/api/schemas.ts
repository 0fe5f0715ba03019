import type { components } from "./generated/schema.ts";

/** A shape that the API speaks, by its name in the contract: `Schema<"CallRead">`. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];
