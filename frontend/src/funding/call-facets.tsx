import { callStateValues, type Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { FacetGroup, type FacetOption } from "#ui/facet-group.tsx";
import { type LabelOf, NATIONWIDE, useLabels } from "./labels.ts";
import { type CallSearch, chosenIn, type Filter, FILTERS } from "./search.ts";

const OPEN_AT_FIRST: ReadonlySet<Filter> = new Set(["status", "theme", "applicant"]);

type Counts = readonly Schema<"FacetCount">[];

function countIn(counts: Counts, wanted: string): number {
  return counts.find(({ value }) => value === wanted)?.count ?? 0;
}

/**
 * The options of one facet. States come in the order of a call's life, regions all of them with the calls for the whole
 * country counted in, as the filter keeps them; the rest largest first, as the API counts.
 */
export function optionsOf(
  filter: Filter,
  counts: Counts,
  labelOf: LabelOf,
  regions: readonly string[],
  selected: readonly string[],
): FacetOption[] {
  const option = (value: string, count: number) => ({
    value,
    label: labelOf(filter, value),
    count,
  });
  if (filter === "region") {
    const nationwide = countIn(counts, NATIONWIDE);
    return regions
      .map((code) => option(code, countIn(counts, code) + nationwide))
      .filter(({ value, count }) => count > 0 || selected.includes(value));
  }
  if (filter === "status") {
    return callStateValues
      .filter((state) => counts.some(({ value }) => value === state))
      .map((state) => option(state, countIn(counts, state)));
  }
  return counts.map(({ value, count }) => option(value, count));
}

/** Every filter of the list of calls, each value with how many calls it would keep. */
export function CallFacets({
  search,
  facets,
  onChange,
}: {
  search: CallSearch;
  facets: Schema<"CallPage">["facets"];
  onChange: (filter: Filter, values: readonly string[]) => void;
}) {
  const { t } = useI18n();
  const { labelOf, regions } = useLabels();
  return FILTERS.map((filter) => {
    const selected = chosenIn(search, filter);
    const options = optionsOf(filter, facets[filter] ?? [], labelOf, regions, selected);
    return (
      options.length > 0 && (
        <FacetGroup
          key={filter}
          title={t.funding.facets[filter]}
          name={filter}
          options={options}
          selected={selected}
          open={OPEN_AT_FIRST.has(filter) || selected.length > 0}
          onChange={(values) => onChange(filter, values)}
        />
      )
    );
  });
}
