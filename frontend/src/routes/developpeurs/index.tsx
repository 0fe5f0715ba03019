import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { fetchContract, useContract } from "#developers/contract-query.ts";
import { DevelopersPage } from "#developers/developers-page.tsx";

export const Route = createFileRoute("/developpeurs/")({
  validateSearch: ({ q }): { q?: string } => (typeof q === "string" && q !== "" ? { q } : {}),
  loader: ({ context: { queryClient, learn } }) =>
    Promise.all([learn("developers"), fetchContract(queryClient)]),
  component: Developers,
});

function Developers() {
  const { q = "" } = Route.useSearch();
  const navigate = useNavigate({ from: "/developpeurs/" });
  return (
    <DevelopersPage
      contract={useContract()}
      words={q}
      onSearch={(words) =>
        void navigate({
          search: words === "" ? {} : { q: words },
          replace: true,
          resetScroll: false,
        })
      }
    />
  );
}
