import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { BudgetPage } from "#funding/budget-page.tsx";

type Search = { as_of?: string };

function budgetOf(slug: string, query: Search) {
  return { params: { path: { slug }, query } };
}

export const Route = createFileRoute("/budgets/$programme")({
  validateSearch: (address: Record<string, unknown>): Search => {
    const day = [address["as_of"]].flat()[0];
    return typeof day === "string" ? { as_of: day } : {};
  },
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient, learn }, deps, params: { programme } }) =>
    Promise.all([
      learn("budget", "figures"),
      queryClient.ensureQueryData(
        $api.queryOptions("get", "/api/v1/programmes/{slug}/budget", budgetOf(programme, deps)),
      ),
    ]),
  component: Budget,
});

function Budget() {
  const { programme } = Route.useParams();
  const navigate = useNavigate({ from: "/budgets/$programme" });
  const { data: budget } = $api.useSuspenseQuery(
    "get",
    "/api/v1/programmes/{slug}/budget",
    budgetOf(programme, Route.useSearch()),
  );
  return (
    <BudgetPage
      budget={budget}
      onDay={(day) =>
        void navigate({ search: day === undefined ? {} : { as_of: day }, resetScroll: false })
      }
    />
  );
}
