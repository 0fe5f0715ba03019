import { useMemo } from "react";
import { $api } from "#api/client.ts";
import { useText } from "#i18n/text.tsx";

const MOST = 100;

/** The published stops by their slug, in words; not asked for where no role is for a stop. */
export function useStopNames(wanted: boolean): ReadonlyMap<string, string> {
  const textOf = useText();
  const { data } = $api.useQuery(
    "get",
    "/api/v1/stops",
    { params: { query: { limit: MOST } } },
    { enabled: wanted },
  );
  return useMemo(
    () =>
      new Map(
        data?.items.map(({ slug, name, tour }) => [slug, `${textOf(name)} (${textOf(tour.name)})`]),
      ),
    [data, textOf],
  );
}
