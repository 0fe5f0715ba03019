import { createFileRoute, type ErrorComponentProps } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { asProblem } from "#api/problem.ts";
import { GroupPage } from "#tour/group-page.tsx";
import { UnknownLink } from "#tour/unknown-link.tsx";

const GROUP = "/api/v1/groups/{code}";
/** Unknown, or not even the shape of a code. */
const NOTHING = new Set([404, 422]);

export const Route = createFileRoute("/groupe/$code")({
  loader: async ({ context: { queryClient, learn }, params: { code } }) => {
    const words = learn("tour", "registration");
    await queryClient.fetchQuery(
      $api.queryOptions("get", GROUP, { params: { path: { code } } }, { staleTime: 0 }),
    );
    await words;
  },
  component: Group,
  errorComponent: Refused,
});

function Group() {
  const { code } = Route.useParams();
  const { data: group } = $api.useSuspenseQuery("get", GROUP, { params: { path: { code } } });
  return <GroupPage code={code} group={group} />;
}

function Refused({ error }: ErrorComponentProps) {
  if (NOTHING.has(asProblem(error).status)) {
    return <UnknownLink of="group" />;
  }
  throw error;
}
