import {
  createFileRoute,
  type ErrorComponentProps,
  useLocation,
  useNavigate,
} from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { asProblem } from "#api/problem.ts";
import { FREEING, RegistrationPage } from "#tour/registration-page.tsx";
import { UnknownLink } from "#tour/unknown-link.tsx";

const MINE = "/api/v1/registrations/{token}";
const OPINION = "/api/v1/registrations/{token}/opinion";
const STOP = "/api/v1/stops/{slug}";
/** Unknown, or not even the shape of a link. */
const NO_SUCH_LINK = new Set([404, 422]);

export const Route = createFileRoute("/inscription/$token")({
  validateSearch: ({ vue }: Record<string, unknown>): { vue?: "modifier" } =>
    vue === "modifier" ? { vue } : {},
  loader: async ({ context: { queryClient, learn }, params: { token } }) => {
    const words = learn("tour", "registration");
    // Somebody else's cancellation may have moved one up since: what was kept is not shown again.
    const { stop, changeable } = await queryClient.fetchQuery(
      $api.queryOptions("get", MINE, { params: { path: { token } } }, { staleTime: 0 }),
    );
    await queryClient.ensureQueryData(
      $api.queryOptions("get", STOP, { params: { path: { slug: stop.slug } } }),
    );
    if (!changeable) {
      await queryClient.ensureQueryData(
        $api.queryOptions("get", OPINION, { params: { path: { token } } }),
      );
    }
    await words;
  },
  component: Mine,
  errorComponent: Refused,
});

function Mine() {
  const { token } = Route.useParams();
  const { vue } = Route.useSearch();
  const freeing = useLocation({ select: ({ hash }) => hash === FREEING });
  const navigate = useNavigate({ from: Route.fullPath });
  const { data: registration } = $api.useSuspenseQuery("get", MINE, {
    params: { path: { token } },
  });
  const { data: stop } = $api.useSuspenseQuery("get", STOP, {
    params: { path: { slug: registration.stop.slug } },
  });
  return (
    <RegistrationPage
      token={token}
      registration={registration}
      stop={stop}
      changing={vue === "modifier"}
      freeing={freeing}
      onChanging={(changing) =>
        void navigate({ search: changing ? { vue: "modifier" } : {}, resetScroll: false })
      }
    />
  );
}

function Refused({ error }: ErrorComponentProps) {
  if (NO_SUCH_LINK.has(asProblem(error).status)) {
    return <UnknownLink />;
  }
  throw error;
}
