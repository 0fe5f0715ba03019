/** Who may see which page of the team; whoever belongs elsewhere is led there. */
import type { QueryClient } from "@tanstack/react-query";
import { redirect } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import type { Speech } from "#i18n/load.ts";
import { type Me, placeOf, whoAsks } from "./me.ts";

type Context = { queryClient: QueryClient; learn: Speech["learn"] };

/** Lets in whoever is signed in whole. */
export async function enter({ queryClient, learn }: Context): Promise<void> {
  const [me] = await Promise.all([whoAsks(queryClient), learn("team")]);
  const place = me === null ? "/gestion/connexion" : placeOf(me);
  if (place !== "/gestion") {
    throw redirect({ to: place, replace: true });
  }
}

/** Keeps at the door whoever is not known yet, or has a second factor to show. */
export async function comeToDoor({ queryClient, learn }: Context): Promise<Me | null> {
  const methods = $api.queryOptions("get", "/api/v1/sign-in/methods");
  const [me] = await Promise.all([
    whoAsks(queryClient),
    queryClient.ensureQueryData(methods),
    learn("team"),
  ]);
  const place = me === null ? "/gestion/connexion" : placeOf(me);
  if (place !== "/gestion/connexion") {
    throw redirect({ to: place, replace: true });
  }
  return me;
}

/** Lets in whoever holds an invitation, or has a second factor to enrol. */
export async function comeInvited(
  { queryClient, learn }: Context,
  withInvitation: boolean,
): Promise<void> {
  await learn("team");
  if (!withInvitation) {
    const me = await whoAsks(queryClient);
    const place = me === null ? "/gestion/connexion" : placeOf(me);
    if (place !== "/gestion/bienvenue") {
      throw redirect({ to: place, replace: true });
    }
  }
}
