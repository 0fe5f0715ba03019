import { keepPreviousData } from "@tanstack/react-query";
import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import {
  type DeadlineSearch,
  filtersOf,
  validateDeadlineSearch,
} from "#funding/deadline-search.ts";
import { DeadlinesPage } from "#funding/deadlines-page.tsx";

function counted(search: DeadlineSearch) {
  return { params: { query: { ...filtersOf(validateDeadlineSearch(search)), limit: 1 } } };
}

export const Route = createFileRoute("/calendrier")({
  // The page reads what it understands of its address: no first load pays for it.
  validateSearch: (search: DeadlineSearch) => search,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient, learn }, deps }) =>
    Promise.all([
      learn("call", "deadlines", "figures", "structure"),
      queryClient.ensureQueryData($api.queryOptions("get", "/api/v1/calls", counted(deps))),
      queryClient.ensureQueryData($api.queryOptions("get", "/api/v1/themes")),
      queryClient.ensureQueryData($api.queryOptions("get", "/api/v1/regions")),
    ]),
  component: Deadlines,
});

function Deadlines() {
  const search = validateDeadlineSearch(Route.useSearch());
  const navigate = useNavigate({ from: "/calendrier" });
  const { data: calls } = $api.useQuery("get", "/api/v1/calls", counted(search), {
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
