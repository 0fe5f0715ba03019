import { Link } from "@tanstack/react-router";
import { useI18n } from "#i18n/context.tsx";
import css from "./list-tools.module.css";
import { type CallSearch, fromStart } from "./search.ts";
import { SortSelect } from "./sort-select.tsx";

/** How the results are drawn, each way at its address, and in what order; a line of time has its own. */
export function ListTools({
  search,
  onSearch,
}: {
  search: CallSearch;
  onSearch: (search: CallSearch) => void;
}) {
  const words = useI18n().t.funding.views;
  const { view = "list", ...rest } = fromStart(search);
  return (
    <div className={css.tools}>
      <ul className={css.views} aria-label={words.label}>
        {(["list", "cards", "timeline"] as const).map((each) => (
          <li key={each}>
            <Link
              to="/appels"
              search={each === "list" ? rest : { ...rest, view: each }}
              activeOptions={{ exact: true }}
              resetScroll={false}
              aria-current={each === view ? "true" : undefined}
            >
              {words[each]}
            </Link>
          </li>
        ))}
      </ul>
      {view !== "timeline" && <SortSelect search={search} onSearch={onSearch} />}
    </div>
  );
}
