import { useId } from "react";
import { callSortValues } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import css from "./sort-select.module.css";
import { type CallSearch, fromStart, validateCallSearch } from "./search.ts";

/** The order of the list. Relevance needs words; the order that goes without saying is not written in the address. */
export function SortSelect({
  search,
  onSearch,
}: {
  search: CallSearch;
  onSearch: (search: CallSearch) => void;
}) {
  const { t } = useI18n();
  const id = useId();
  const { q, sort, ...rest } = fromStart(search);
  const usual = q === undefined ? "closes" : "relevance";
  const offered = callSortValues.filter((value) => value !== "relevance" || q !== undefined);
  return (
    <span className={css.sort}>
      <label htmlFor={id}>{t.funding.sort.label}</label>
      <select
        id={id}
        value={sort ?? usual}
        onChange={({ target: { value } }) =>
          onSearch(validateCallSearch({ ...rest, q, sort: value === usual ? undefined : value }))
        }
      >
        {offered.map((value) => (
          <option key={value} value={value}>
            {t.funding.sort[value]}
          </option>
        ))}
      </select>
    </span>
  );
}
