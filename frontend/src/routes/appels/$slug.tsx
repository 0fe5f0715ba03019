import { createFileRoute } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { CallPage } from "#funding/call-page.tsx";

function callOptions(slug: string) {
  return $api.queryOptions("get", "/api/v1/calls/{slug}", { params: { path: { slug } } });
}

export const Route = createFileRoute("/appels/$slug")({
  loader: ({ context: { queryClient, learn }, params: { slug } }) =>
    Promise.all([
      learn("call", "deadlines"),
      queryClient.ensureQueryData(callOptions(slug)),
      queryClient.ensureQueryData($api.queryOptions("get", "/api/v1/themes")),
      queryClient.ensureQueryData($api.queryOptions("get", "/api/v1/regions")),
    ]),
  component: Call,
});

function Call() {
  const { slug } = Route.useParams();
  const { data: call } = $api.useSuspenseQuery("get", "/api/v1/calls/{slug}", {
    params: { path: { slug } },
  });
  return <CallPage key={slug} call={call} />;
}
