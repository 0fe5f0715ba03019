import { createFileRoute } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { LettersPage } from "#tour/letters-page.tsx";

const LETTERS = "/api/v1/demo/letters";
/** A letter leaves seconds after its cause. */
const MILLISECONDS_BETWEEN_LOOKS = 5_000;

export const Route = createFileRoute("/demo/courrier")({
  loader: ({ context: { queryClient, learn } }) =>
    Promise.all([
      learn("registration"),
      queryClient.fetchQuery($api.queryOptions("get", LETTERS, {}, { staleTime: 0 })),
    ]),
  component: Letters,
});

function Letters() {
  const { data, isFetching, refetch } = $api.useSuspenseQuery(
    "get",
    LETTERS,
    {},
    { refetchInterval: MILLISECONDS_BETWEEN_LOOKS },
  );
  return <LettersPage letters={data.items} busy={isFetching} onRefresh={() => void refetch()} />;
}
