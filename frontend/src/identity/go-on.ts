import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { placeOf, whoAsks } from "./me.ts";

/** Takes somebody who just proved something to where they belong now; the way back holds no spent link. */
export function useGoOn(): () => Promise<void> {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    const me = await whoAsks(queryClient);
    await navigate({ to: me === null ? "/gestion/connexion" : placeOf(me), replace: true });
  };
}
