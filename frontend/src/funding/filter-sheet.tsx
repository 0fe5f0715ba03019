import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { CallFacets } from "./call-facets.tsx";
import { ListTools } from "./list-tools.tsx";
import { type CallSearch, countChosen, withFilter, withoutFilters } from "./search.ts";

/** All the filters, and how the results are drawn and sorted, in a sheet of a phone's screen. */
export function FilterSheet({
  open,
  onClose,
  search,
  page,
  onSearch,
}: {
  open: boolean;
  onClose: () => void;
  search: CallSearch;
  page: Schema<"CallPage">;
  onSearch: (search: CallSearch) => void;
}) {
  const { t } = useI18n();
  const count = countChosen(search);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t.funding.list.filters(count)}
      look="sheet"
      footer={
        <>
          <Button onClick={onClose}>{t.funding.list.show(page.total)}</Button>
          {count > 0 && (
            <Button look="secondary" onClick={() => onSearch(withoutFilters(search))}>
              {t.funding.list.clear}
            </Button>
          )}
        </>
      }
    >
      <ListTools search={search} onSearch={onSearch} />
      <CallFacets
        search={search}
        facets={page.facets}
        onChange={(filter, values) => onSearch(withFilter(search, filter, values))}
      />
    </Dialog>
  );
}
