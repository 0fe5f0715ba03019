import { QueryClient } from "@tanstack/react-query";
import createFetchClient from "openapi-fetch";
import createQueryApi from "openapi-react-query";
import { firstAnswer } from "./first-answers.ts";
import type { paths } from "./generated/schema.ts";
import { asProblem, UNREACHABLE } from "./problem.ts";

const MINUTE = 60_000;
const RETRIES = 2;

/** The one way to the API. Its types, routes and errors are those of the OpenAPI document. */
const client = createFetchClient<paths>({
  baseUrl: location.origin,
  // Looked up at each request: what stands in for the network in tests comes after this module.
  fetch: async (request) => firstAnswer(request) ?? globalThis.fetch(request),
});

client.use({
  onRequest({ request }) {
    request.headers.set("Accept-Language", document.documentElement.lang);
  },
  onError() {
    return Response.json(UNREACHABLE, { status: 503 });
  },
});

/**
 * Queries and mutations by method and path: `$api.queryOptions("get", "/api/v1/calls", …)` in a loader,
 * `$api.useSuspenseQuery` with the same arguments in the page. What they throw is a `Problem`.
 */
export const $api = createQueryApi(client);

/** What was fetched is fresh for a minute; only silence and faults of the server are worth asking again. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: MINUTE,
        retry: (failures, error) => {
          const { status } = asProblem(error);
          return failures < RETRIES && (status === UNREACHABLE.status || status >= 500);
        },
      },
    },
  });
}
