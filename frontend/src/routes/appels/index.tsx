import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { FindBox } from "#find/find-box.tsx";
import { useTypedWords } from "#find/typed-words.ts";
import { CallsPage } from "#funding/calls-page.tsx";
import { type CallSearch, callQuery, fromStart, validateCallSearch } from "#funding/search.ts";

export const Route = createFileRoute("/appels/")({
  validateSearch: validateCallSearch,
  loaderDeps: ({ search }) => callQuery(search),
  loader: async ({ context: { queryClient, learn }, deps: query, cause }) => {
    const found = queryClient.prefetchQuery(
      $api.queryOptions("get", "/api/v1/calls", { params: { query } }),
    );
    const labels = Promise.all([
      learn("structure"),
      queryClient.ensureQueryData($api.queryOptions("get", "/api/v1/themes")),
      queryClient.ensureQueryData($api.queryOptions("get", "/api/v1/regions")),
    ]);
    // While one types the page stays, and shows the results before as long as the next ones are on their way.
    if (cause !== "stay") {
      await Promise.all([found, labels]);
    }
  },
  component: Calls,
});

function Calls() {
  const search = Route.useSearch();
  const navigate = useNavigate({ from: "/appels/" });
  const { typed, type, submit } = useTypedWords(search.q ?? "", (q) => {
    go(validateCallSearch({ ...fromStart(search), q }), true);
  });

  function go(to: CallSearch, replace = false) {
    void navigate({ search: to, replace, resetScroll: false });
  }

  return (
    <CallsPage
      search={search}
      onSearch={go}
      box={
        <FindBox
          value={typed}
          onChange={type}
          onSubmit={submit}
          besides={["call", "question"]}
          look="row"
          takesFocus
        />
      }
    />
  );
}
