import { createFileRoute } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { BudgetsPage } from "#funding/budgets-page.tsx";

const ALL = { params: { query: { limit: 100 } } };

export const Route = createFileRoute("/budgets/")({
  loader: ({ context: { queryClient, learn } }) =>
    Promise.all([
      learn("budget"),
      queryClient.ensureQueryData($api.queryOptions("get", "/api/v1/programmes", ALL)),
    ]),
  component: Budgets,
});

function Budgets() {
  const { data } = $api.useSuspenseQuery("get", "/api/v1/programmes", ALL);
  return <BudgetsPage programmes={data.items} />;
}
