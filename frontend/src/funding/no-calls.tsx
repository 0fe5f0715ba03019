import { useQueries } from "@tanstack/react-query";
import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/states.tsx";
import { useLabels } from "./labels.ts";
import {
  type CallSearch,
  callQuery,
  chosenIn,
  FILTERS,
  withFilter,
  withoutStructure,
} from "./search.ts";

/** Nothing found: which words or filter to drop, tried one by one, and what each would show. */
export function NoCalls({
  search,
  onSearch,
}: {
  search: CallSearch;
  onSearch: (search: CallSearch) => void;
}) {
  const { t } = useI18n();
  const { labelOf } = useLabels();
  const { q, ...filters } = callQuery(search);
  const wider: { label: string; search: CallSearch }[] = FILTERS.flatMap((filter) => {
    const chosen = chosenIn(search, filter);
    const label = chosen.map((value) => labelOf(filter, value)).join(", ");
    return chosen.length > 0 ? [{ label, search: withFilter(search, filter, []) }] : [];
  });
  const forAnybody = withoutStructure(search);
  if (JSON.stringify(forAnybody) !== JSON.stringify(search)) {
    wider.push({ label: t.structure.mine.title, search: forAnybody });
  }
  if (q !== undefined && wider.length > 0) {
    wider.push({ label: q, search: filters });
  }
  const tried = useQueries({
    queries: wider.map((each) =>
      $api.queryOptions("get", "/api/v1/calls", {
        params: { query: { ...callQuery(each.search), limit: 1 } },
      }),
    ),
  });
  const useful = wider
    .map(({ label, search: wanted }, at) => ({ label, wanted, total: tried[at]?.data?.total ?? 0 }))
    .filter(({ total }) => total > 0)
    .toSorted((one, other) => other.total - one.total);
  return (
    <EmptyState
      title={t.funding.empty.title}
      actions={
        <>
          {useful.map(({ label, wanted, total }) => (
            <Button key={label} look="secondary" onClick={() => onSearch(wanted)}>
              {t.funding.empty.without(label, t.funding.list.count(total))}
            </Button>
          ))}
          <Button look={useful.length > 0 ? "plain" : "primary"} onClick={() => onSearch({})}>
            {t.funding.empty.all}
          </Button>
        </>
      }
    >
      <p>{useful.length > 0 ? t.funding.empty.widen : t.funding.empty.words}</p>
    </EmptyState>
  );
}
