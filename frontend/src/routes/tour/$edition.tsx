import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { TourPage } from "#tour/tour-page.tsx";

/** A region's INSEE code, in the URL so that the map can be shared as it is seen. */
function validateSearch({ region }: Record<string, unknown>): { region?: string } {
  return typeof region === "string" && /^\d\d$/.test(region) ? { region } : {};
}

export const Route = createFileRoute("/tour/$edition")({
  validateSearch,
  loader: ({ context: { queryClient, learn }, params: { edition } }) =>
    Promise.all([
      learn("deadlines", "figures", "tour"),
      queryClient.ensureQueryData(
        $api.queryOptions("get", "/api/v1/tours/{slug}", { params: { path: { slug: edition } } }),
      ),
      queryClient.ensureQueryData($api.queryOptions("get", "/api/v1/tours")),
    ]),
  component: Edition,
});

function Edition() {
  const { edition } = Route.useParams();
  const { region } = Route.useSearch();
  const navigate = useNavigate({ from: Route.fullPath });
  const { data: tour } = $api.useSuspenseQuery("get", "/api/v1/tours/{slug}", {
    params: { path: { slug: edition } },
  });
  const { data: editions } = $api.useSuspenseQuery("get", "/api/v1/tours");
  return (
    <TourPage
      tour={tour}
      editions={editions.items}
      region={region ?? null}
      onRegion={(code) =>
        void navigate({
          search: code === null ? {} : { region: code },
          replace: true,
          resetScroll: false,
        })
      }
    />
  );
}
