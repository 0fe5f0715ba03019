import { useState } from "react";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Chip, Chips, FilterChip } from "#ui/chip.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { CallFacets } from "./call-facets.tsx";
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
  const [open, setOpen] = useState(false);
  const count = countChosen(search);
  const clear = () => onSearch(withoutFilters(search));
  return (
    <>
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
          {count > 1 && <Chip onPress={clear}>{t.funding.list.clear}</Chip>}
        </Chips>
      </div>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t.funding.list.filters(count)}
        look="sheet"
        footer={
          <>
            <Button onClick={() => setOpen(false)}>{t.funding.list.show(page.total)}</Button>
            {count > 0 && (
              <Button look="secondary" onClick={clear}>
                {t.funding.list.clear}
              </Button>
            )}
          </>
        }
      >
        <CallFacets
          search={search}
          facets={page.facets}
          onChange={(filter, values) => onSearch(withFilter(search, filter, values))}
        />
      </Dialog>
    </>
  );
}
