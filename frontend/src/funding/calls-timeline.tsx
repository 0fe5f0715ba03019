import { Link } from "@tanstack/react-router";
import { useI18n } from "#i18n/context.tsx";
import { filtersOf } from "./deadline-search.ts";
import { DeadlinesDrawn } from "./deadlines-drawn.tsx";
import type { CallSearch } from "./search.ts";

/** The calls found on a line of time: the deadlines to come of the same search. */
export function CallsTimeline({
  search,
  onSearch,
}: {
  search: CallSearch;
  onSearch: (search: CallSearch) => void;
}) {
  const { t } = useI18n();
  const filters = filtersOf(search);
  return (
    <div className="stack">
      <DeadlinesDrawn
        search={filters}
        onAll={() => onSearch({ view: "timeline" })}
        tools={
          <Link to="/calendrier" search={filters} className="small">
            {t.funding.list.calendar}
          </Link>
        }
      />
    </div>
  );
}
