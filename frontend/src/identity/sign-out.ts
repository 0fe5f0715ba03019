import { useQueryClient } from "@tanstack/react-query";
import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { pathIn } from "#i18n/locale.ts";

const METHODS = "/api/v1/sign-in/methods";

/** Ends this browser's session. The document goes with it: nothing that was read stays in its memory. */
export function useSignOut() {
  const { locale } = useI18n();
  const queryClient = useQueryClient();
  return $api.useMutation("delete", "/api/v1/me/session", {
    onSuccess: async () => {
      const { provider } = await queryClient.ensureQueryData($api.queryOptions("get", METHODS));
      // Whoever came by the provider is signed out there too; it sends everybody back to the sign-in page.
      const next = provider === null ? "/gestion/connexion" : "/api/v1/sign-in/oidc/sign-out";
      location.assign(provider === null ? pathIn(locale, next) : next);
    },
  });
}
