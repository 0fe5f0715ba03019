import { keepPreviousData } from "@tanstack/react-query";
import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { filtersOf, validateDeadlineSearch } from "#funding/deadline-search.ts";
import { DeadlinesPage } from "#funding/deadlines-page.tsx";

function counted(filters: ReturnType<typeof filtersOf>) {
  return { params: { query: { ...filters, limit: 1 } } };
}

export const Route = createFileRoute("/calendrier")({
  validateSearch: validateDeadlineSearch,
  loaderDeps: ({ search }) => filtersOf(search),
  loader: ({ context: { queryClient, learn }, deps }) =>
    Promise.all([
      learn("call", "deadlines", "structure"),
      queryClient.ensureQueryData($api.queryOptions("get", "/api/v1/calls", counted(deps))),
      queryClient.ensureQueryData($api.queryOptions("get", "/api/v1/themes")),
      queryClient.ensureQueryData($api.queryOptions("get", "/api/v1/regions")),
    ]),
  component: Deadlines,
});

function Deadlines() {
  const search = Route.useSearch();
  const navigate = useNavigate({ from: "/calendrier" });
  const { data: calls } = $api.useQuery("get", "/api/v1/calls", counted(filtersOf(search)), {
    placeholderData: keepPreviousData,
  });
  return (
    calls !== undefined && (
      <DeadlinesPage
        search={search}
        calls={calls}
        onSearch={(to) => void navigate({ search: to, resetScroll: false })}
      />
    )
  );
}
