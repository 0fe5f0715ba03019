import { useState } from "react";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { moneyRangeText } from "#i18n/money.ts";
import { useText } from "#i18n/text.tsx";
import { Button } from "#ui/button.tsx";
import { Chip, Chips, FilterChip } from "#ui/chip.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { FacetGroup } from "#ui/facet-group.tsx";
import { REGIONS } from "#ui/france-map.tsx";
import { AwardAmounts } from "./award-amounts.tsx";
import {
  AWARD_FILTERS,
  type AwardFilter,
  type AwardSearch,
  awardQuery,
  chosenOf,
  countFilters,
  filtering,
  unfiltered,
  withoutAmounts,
} from "./award-search.ts";
import css from "./chosen-filters.module.css";

type Filtered = {
  page: Schema<"AwardPage">;
  search: AwardSearch;
  onSearch: (search: AwardSearch) => void;
};

/** How a value of a filter reads: what the API names, what the page knows, else the value itself. */
function useLabelOf(page: Schema<"AwardPage">) {
  const { t } = useI18n();
  const text = useText();
  return (filter: AwardFilter, value: string): string => {
    const label = page.facets[filter]?.find((facet) => facet.value === value)?.label ?? null;
    if (label !== null) {
      return text(label);
    }
    if (filter === "region") {
      return REGIONS.find(({ code }) => code === value)?.name ?? value;
    }
    if (filter === "edition") {
      return value === "real" ? t.awards.editions.real : t.awards.editions.fictitious;
    }
    return filter === "wave" ? t.awards.wave(Number(value)) : value;
  };
}

/** Every filter of the awards, each value with how many it would keep. */
export function AwardFacets({ page, search, onSearch }: Filtered) {
  const { t } = useI18n();
  const labelOf = useLabelOf(page);
  const groups = AWARD_FILTERS.map((filter) => {
    const selected = chosenOf(search, filter);
    const options = (page.facets[filter] ?? []).flatMap(({ value, count }) =>
      value === null ? [] : [{ value, label: labelOf(filter, value), count }],
    );
    return (
      options.length > 0 && (
        <FacetGroup
          key={filter}
          title={t.awards.facets[filter]}
          name={filter}
          options={options}
          selected={selected}
          open={filter !== "region" || selected.length > 0}
          onChange={(values) => onSearch(filtering(search, filter, values))}
        />
      )
    );
  });
  return (
    <>
      {groups}
      <AwardAmounts search={search} onSearch={onSearch} />
    </>
  );
}

/** The filters in force, one press to drop each; on a phone the way to all of them, in a sheet. */
export function ChosenAwardFilters({ page, search, onSearch }: Filtered) {
  const i18n = useI18n();
  const { t } = i18n;
  const labelOf = useLabelOf(page);
  const { amount_from: min = null, amount_to: max = null } = awardQuery(search);
  const amounts = moneyRangeText({ min, max }, i18n);
  const [open, setOpen] = useState(false);
  const count = countFilters(search);
  const clear = () => onSearch(unfiltered(search));
  return (
    <>
      <div className={count === 0 ? "phone-only" : css.chosen}>
        <Chips label={t.awards.chosen}>
          <span className="phone-only">
            <Chip onPress={() => setOpen(true)}>{t.awards.filters(count)}</Chip>
          </span>
          {AWARD_FILTERS.flatMap((filter) => {
            const chosen = chosenOf(search, filter);
            return chosen.map((value) => (
              <FilterChip
                key={`${filter} ${value}`}
                label={labelOf(filter, value)}
                onRemove={() => {
                  const others = chosen.filter((other) => other !== value);
                  onSearch(filtering(search, filter, others));
                }}
              />
            ));
          })}
          {amounts !== null && (
            <FilterChip label={amounts} onRemove={() => onSearch(withoutAmounts(search))} />
          )}
          {count > 1 && <Chip onPress={clear}>{t.awards.clear}</Chip>}
        </Chips>
      </div>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t.awards.filters(count)}
        look="sheet"
        footer={
          <>
            <Button onClick={() => setOpen(false)}>{t.awards.show(page.total)}</Button>
            {count > 0 && (
              <Button look="secondary" onClick={clear}>
                {t.awards.clear}
              </Button>
            )}
          </>
        }
      >
        <AwardFacets page={page} search={search} onSearch={onSearch} />
      </Dialog>
    </>
  );
}
