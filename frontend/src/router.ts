import type { QueryClient } from "@tanstack/react-query";
import { createRouter } from "@tanstack/react-router";
import type { Speech } from "#i18n/load.ts";
import { basepathOf, type Locale } from "#i18n/locale.ts";
import { routeTree } from "./route-tree.gen.ts";
import { parseSearch, stringifySearch } from "./search-params.ts";

const MILLISECONDS_BEFORE_PENDING = 400;

/** The map of the site in one language. Loaders get the query client, and `learn` the words that their page says; the cache is React Query's, not the router's. */
export function createAppRouter({
  queryClient,
  locale,
  learn,
}: {
  queryClient: QueryClient;
  locale: Locale;
  learn: Speech["learn"];
}) {
  return createRouter({
    routeTree,
    basepath: basepathOf(locale),
    parseSearch,
    stringifySearch,
    context: { queryClient, learn },
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    defaultPendingMs: MILLISECONDS_BEFORE_PENDING,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
