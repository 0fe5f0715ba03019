import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { placeOf, whoAsks } from "./me.ts";

/** Takes somebody who just proved something to where they belong now; the way back holds no spent link. */
export function useGoOn(): () => Promise<void> {
  const queryClient = useQueryClient();
  const router = useRouter();
  return async () => {
    const me = await whoAsks(queryClient);
    const to = me === null ? "/gestion/connexion" : placeOf(me);
    await router.navigate({ to, replace: true });
    if (to === "/gestion/connexion") {
      await router.invalidate(); // they stood at this door already, and it knows them better now
    }
  };
}
