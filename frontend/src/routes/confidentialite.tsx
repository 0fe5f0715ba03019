import { createFileRoute } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { PrivacyPage } from "#tour/privacy-page.tsx";

const NOTICE = "/api/v1/privacy-notice";

export const Route = createFileRoute("/confidentialite")({
  validateSearch: ({ fait }: Record<string, unknown>): { fait?: "efface" } =>
    fait === "efface" ? { fait } : {},
  loader: async ({ context: { queryClient, learn } }) => {
    const words = learn("registration");
    await queryClient.ensureQueryData($api.queryOptions("get", NOTICE));
    await words;
  },
  component: Privacy,
});

function Privacy() {
  const { fait } = Route.useSearch();
  const { data: notice } = $api.useSuspenseQuery("get", NOTICE);
  return <PrivacyPage notice={notice} erased={fait === "efface"} />;
}
