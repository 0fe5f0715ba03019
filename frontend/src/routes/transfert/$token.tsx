import { createFileRoute, type ErrorComponentProps } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { asProblem } from "#api/problem.ts";
import { TransferPage } from "#tour/transfer-page.tsx";
import { UnknownLink } from "#tour/unknown-link.tsx";

const OFFER = "/api/v1/transfers/{token}";
/** Unknown, over, or not even the shape of a link. */
const NOTHING = new Set([404, 410, 422]);

export const Route = createFileRoute("/transfert/$token")({
  loader: async ({ context: { queryClient, learn }, params: { token } }) => {
    const words = learn("tour", "registration");
    await queryClient.fetchQuery(
      $api.queryOptions("get", OFFER, { params: { path: { token } } }, { staleTime: 0 }),
    );
    await words;
  },
  component: Offer,
  errorComponent: Refused,
});

function Offer() {
  const { token } = Route.useParams();
  const { data: offer } = $api.useSuspenseQuery("get", OFFER, { params: { path: { token } } });
  return <TransferPage token={token} offer={offer} />;
}

function Refused({ error }: ErrorComponentProps) {
  if (NOTHING.has(asProblem(error).status)) {
    return <UnknownLink of="transfer" />;
  }
  throw error;
}
