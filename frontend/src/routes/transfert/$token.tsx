import { createFileRoute } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { TransferPage } from "#tour/transfer-page.tsx";

const OFFER = "/api/v1/transfers/{token}";

export const Route = createFileRoute("/transfert/$token")({
  loader: async ({ context: { queryClient, learn }, params: { token } }) => {
    const words = learn("tour", "registration");
    await queryClient.fetchQuery(
      $api.queryOptions("get", OFFER, { params: { path: { token } } }, { staleTime: 0 }),
    );
    await words;
  },
  component: Offer,
});

function Offer() {
  const { token } = Route.useParams();
  const { data: offer } = $api.useSuspenseQuery("get", OFFER, { params: { path: { token } } });
  return <TransferPage token={token} offer={offer} />;
}
