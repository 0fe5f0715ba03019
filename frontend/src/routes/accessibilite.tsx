import { createFileRoute } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { AccessibilityPage } from "#site/accessibility-page.tsx";

const SITE = "/api/v1/site";

export const Route = createFileRoute("/accessibilite")({
  loader: ({ context: { queryClient, learn } }) =>
    Promise.all([learn("site"), queryClient.ensureQueryData($api.queryOptions("get", SITE))]),
  component: Accessibility,
});

function Accessibility() {
  return <AccessibilityPage site={$api.useSuspenseQuery("get", SITE).data} />;
}
