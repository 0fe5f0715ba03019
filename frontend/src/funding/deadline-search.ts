/** What is asked of the calendar of deadlines, as the page's address writes it: the filters of the calls. */
import { type CallSearch, validateCallSearch } from "./search.ts";

type Filters = Omit<CallSearch, "sort" | "view" | "pages">;

/** The filters of the calls, and whether what has closed is shown too. */
export type DeadlineSearch = Filters & { past?: "1" };

/** The state of the page that an address tells. */
export function validateDeadlineSearch(address: Record<string, unknown>): DeadlineSearch {
  return {
    ...filtersOf(validateCallSearch(address)),
    ...([address["past"]].flat()[0] === "1" && { past: "1" as const }),
  };
}

/** The filters alone, as the API and the calendars read them. */
export function filtersOf(search: CallSearch & DeadlineSearch): Filters {
  const { past: _, sort: _order, view: _drawn, pages: _shown, ...filters } = search;
  return filters;
}
