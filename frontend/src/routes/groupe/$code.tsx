import { createFileRoute } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { GroupPage } from "#tour/group-page.tsx";

const GROUP = "/api/v1/groups/{code}";

export const Route = createFileRoute("/groupe/$code")({
  loader: async ({ context: { queryClient, learn }, params: { code } }) => {
    const words = learn("tour", "registration");
    await queryClient.fetchQuery(
      $api.queryOptions("get", GROUP, { params: { path: { code } } }, { staleTime: 0 }),
    );
    await words;
  },
  component: Group,
});

function Group() {
  const { code } = Route.useParams();
  const { data: group } = $api.useSuspenseQuery("get", GROUP, { params: { path: { code } } });
  return <GroupPage code={code} group={group} />;
}
