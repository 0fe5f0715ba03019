import { createFileRoute } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { StopPage } from "#tour/stop-page.tsx";

const STOP = "/api/v1/stops/{slug}";
const TOUR = "/api/v1/tours/{slug}";

export const Route = createFileRoute("/etapes/$slug")({
  loader: async ({ context: { queryClient, learn }, params: { slug } }) => {
    const words = learn("deadlines", "figures", "tour", "registration");
    const { tour } = await queryClient.ensureQueryData(
      $api.queryOptions("get", STOP, { params: { path: { slug } } }),
    );
    // Its neighbours on the road can come after the page.
    void queryClient.prefetchQuery(
      $api.queryOptions("get", TOUR, { params: { path: { slug: tour.slug } } }),
    );
    await words;
  },
  component: Stop,
});

function Stop() {
  const { slug } = Route.useParams();
  const { data: stop } = $api.useSuspenseQuery("get", STOP, { params: { path: { slug } } });
  const { data: tour } = $api.useQuery("get", TOUR, { params: { path: { slug: stop.tour.slug } } });
  return <StopPage key={slug} stop={stop} tour={tour} />;
}
