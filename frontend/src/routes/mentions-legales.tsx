import { createFileRoute } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { LegalPage } from "#site/legal-page.tsx";

const SITE = "/api/v1/site";

export const Route = createFileRoute("/mentions-legales")({
  loader: ({ context: { queryClient, learn } }) =>
    Promise.all([learn("site"), queryClient.ensureQueryData($api.queryOptions("get", SITE))]),
  component: Legal,
});

function Legal() {
  return <LegalPage site={$api.useSuspenseQuery("get", SITE).data} />;
}
