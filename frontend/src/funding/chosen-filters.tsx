import { lazy, Suspense, useState } from "react";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Chip, Chips, FilterChip } from "#ui/chip.tsx";
import css from "./chosen-filters.module.css";
import { useLabels } from "./labels.ts";
import {
  type CallSearch,
  chosenIn,
  countChosen,
  FILTERS,
  withFilter,
  withoutFilters,
} from "./search.ts";

/** Words and fields that the first load does without. */
const MyStructure = lazy(async () => ({
  default: (await import("./my-structure.tsx")).MyStructure,
}));

const FilterSheet = lazy(async () => ({
  default: (await import("./filter-sheet.tsx")).FilterSheet,
}));

/** The filters in force, one press to drop each; on a phone the way to all of them, in a sheet. */
export function ChosenFilters({
  search,
  page,
  onSearch,
}: {
  search: CallSearch;
  page: Schema<"CallPage">;
  onSearch: (search: CallSearch) => void;
}) {
  const { t } = useI18n();
  const { labelOf } = useLabels();
  const [open, setOpen] = useState<boolean | null>(null);
  const count = countChosen(search);
  return (
    <>
      <Suspense fallback={<Chip onPress={() => undefined}>{t.structure.mine.tell}</Chip>}>
        <MyStructure search={search} onSearch={onSearch} />
      </Suspense>
      <div className={count === 0 ? "phone-only" : css.chosen}>
        <Chips label={t.funding.list.chosen}>
          <span className="phone-only">
            <Chip onPress={() => setOpen(true)}>{t.funding.list.filters(count)}</Chip>
          </span>
          {FILTERS.flatMap((filter) =>
            chosenIn(search, filter).map((value) => (
              <FilterChip
                key={`${filter} ${value}`}
                label={labelOf(filter, value)}
                onRemove={() =>
                  onSearch(
                    withFilter(
                      search,
                      filter,
                      chosenIn(search, filter).filter((other) => other !== value),
                    ),
                  )
                }
              />
            )),
          )}
          {count > 1 && (
            <Chip onPress={() => onSearch(withoutFilters(search))}>{t.funding.list.clear}</Chip>
          )}
        </Chips>
      </div>
      {open !== null && (
        <Suspense>
          <FilterSheet
            open={open}
            onClose={() => setOpen(false)}
            search={search}
            page={page}
            onSearch={onSearch}
          />
        </Suspense>
      )}
    </>
  );
}
