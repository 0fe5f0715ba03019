/** What the team's routes have in common. It comes with every first load: what it leads to does not. */
import type { QueryClient } from "@tanstack/react-query";
import type { Speech } from "#i18n/load.ts";

type Loaded = { context: { queryClient: QueryClient; learn: Speech["learn"] } };

/** Asks the doors of the team's space who may come in. */
export const doors = () => import("#identity/entering.ts");

/** The loader of a page for whoever is signed in. */
export async function enter({ context }: Loaded): Promise<void> {
  await (await doors()).enter(context);
}

/** A word of an address; anything else that it may hold is left out. */
export function word(said: unknown): string | undefined {
  return typeof said === "string" ? said : undefined;
}
