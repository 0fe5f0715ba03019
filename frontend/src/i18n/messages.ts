import type { fr } from "./fr.ts";

/** Every sentence that the screens say. French gives the shape: a key missing elsewhere fails the type check. */
export type Messages = typeof fr;

/** The parts that only some pages say, and fetch. */
export type Room =
  | "awards"
  | "budget"
  | "call"
  | "deadlines"
  | "desk"
  | "developers"
  | "figures"
  | "home"
  | "palette"
  | "registration"
  | "site"
  | "structure"
  | "team"
  | "tour";
