import { useId } from "react";
import { useI18n } from "#i18n/context.tsx";
import { AWARD_SORTS, type AwardSearch, awardQuery } from "./award-search.ts";
import css from "./sort-select.module.css";

/** The order of the list. Relevance needs words; the order that goes without saying is not written in the address. */
export function AwardOrder({
  search,
  onSearch,
}: {
  search: AwardSearch;
  onSearch: (search: AwardSearch) => void;
}) {
  const { t } = useI18n();
  const id = useId();
  const { q, sort } = awardQuery(search);
  const usual = q === undefined ? "-decided" : "relevance";
  const offered = AWARD_SORTS.filter((value) => value !== "relevance" || q !== undefined);
  return (
    <span className={css.sort}>
      <label htmlFor={id}>{t.awards.sort.label}</label>
      <select
        id={id}
        value={sort ?? usual}
        onChange={({ target: { value } }) => {
          const { sort: _, ...rest } = search;
          onSearch(value === usual ? rest : { ...rest, sort: value });
        }}
      >
        {offered.map((value) => (
          <option key={value} value={value}>
            {t.awards.sort[value]}
          </option>
        ))}
      </select>
    </span>
  );
}
