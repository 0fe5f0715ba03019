import type { QueryClient } from "@tanstack/react-query";
import { $api } from "#api/client.ts";
import { asProblem } from "#api/problem.ts";
import type { Schema } from "#api/schemas.ts";

export type Me = Schema<"Me">;
export type Role = Schema<"Role">;

export const ME = "/api/v1/me";
const UNAUTHENTICATED = 401;

/** Who asks, as the API knows them now: the cookie cannot be read here. Null: nobody. */
export async function whoAsks(queryClient: QueryClient): Promise<Me | null> {
  try {
    return await queryClient.fetchQuery($api.queryOptions("get", ME, {}, { staleTime: 0 }));
  } catch (error) {
    if (isSignedOut(error)) {
      return null;
    }
    throw error;
  }
}

/** Whether a refusal means that this browser is nobody's, or not any more. */
export function isSignedOut(error: unknown): boolean {
  return asProblem(error).status === UNAUTHENTICATED;
}

/** Where somebody belongs: at home, or where what still misses is shown or enrolled. */
export function placeOf({ level, second_factors: held }: Me) {
  if (level !== "mailed" || held === null) {
    return "/gestion";
  }
  return held.passkeys > 0 || held.authenticator ? "/gestion/connexion" : "/gestion/bienvenue";
}

/** Whether somebody has one of these roles. */
export function hasRole({ roles }: Me, ...wanted: readonly Role[]): boolean {
  return roles.some(({ role }) => wanted.includes(role));
}
