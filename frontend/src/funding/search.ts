/** What is asked of the list of calls, as the page's address writes it: the same names as the API's, all optional. */
import {
  aidValues,
  applicantValues,
  callKindValues,
  callSortValues,
  callStateValues,
  editionValues,
  type Schema,
  stageValues,
} from "#api/schemas.ts";

/** The filters, in the order in which the page shows them. */
export const FILTERS = [
  "status",
  "theme",
  "applicant",
  "kind",
  "aid",
  "stage",
  "region",
  "edition",
] as const;

export type Filter = (typeof FILTERS)[number];

export type CallSearch = {
  q?: string;
  status?: Schema<"CallState">[];
  theme?: string[];
  applicant?: Schema<"Applicant">[];
  kind?: Schema<"CallKind">[];
  aid?: Schema<"Aid">[];
  stage?: Schema<"Stage">[];
  region?: string[];
  edition?: Schema<"Edition">[];
  /** Of one's own structure: its kind, its region, and the stage of its project. */
  structure?: Schema<"StructureKind">;
  structure_region?: string;
  structure_stage?: Schema<"Stage">;
  sort?: Schema<"CallSort">;
  /** How the results are drawn; a list is not written. */
  view?: "cards" | "timeline";
  /** How many pages of results are shown; one is not written. */
  pages?: number;
};

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const REGION = /^\d{2}$/;
const MOST_VALUES = 20;
const MOST_PAGES = 50;
const MOST_LETTERS = 300;

type Accepts<Value extends string> = (value: string) => value is Value;

function among<Value extends string>(values: readonly Value[]): Accepts<Value> {
  return (value): value is Value => (values as readonly string[]).includes(value);
}

function like(pattern: RegExp): Accepts<string> {
  return (value): value is string => pattern.test(value);
}

const ACCEPTED = {
  status: among(callStateValues),
  theme: like(SLUG),
  applicant: among(applicantValues),
  kind: among(callKindValues),
  aid: among(aidValues),
  stage: among(stageValues),
  region: like(REGION),
  edition: among(editionValues),
} satisfies Record<Filter, Accepts<string>>;

/** What is told of one's own structure is among the values of these filters; a consortium is no structure. */
const OF_MINE = [
  ["structure", ACCEPTED.applicant],
  ["structure_region", ACCEPTED.region],
  ["structure_stage", ACCEPTED.stage],
] as const;

const isSort = among(callSortValues);
const isView = among(["cards", "timeline"] as const);

function words(value: unknown): string[] {
  return [value].flat().filter((each) => typeof each === "string");
}

/** The state of the page that an address tells. What it does not understand is left out, never an error. */
export function validateCallSearch(address: Record<string, unknown>): CallSearch {
  const search: Record<string, unknown> = {};
  for (const filter of FILTERS) {
    const kept = [...new Set(words(address[filter]).filter(ACCEPTED[filter]))];
    if (kept.length > 0) {
      search[filter] = kept.slice(0, MOST_VALUES);
    }
  }
  for (const [name, accepts] of OF_MINE) {
    const told = words(address[name])[0];
    if (told !== undefined && told !== "consortium" && accepts(told)) {
      search[name] = told;
    }
  }
  const q = words(address["q"])[0]?.slice(0, MOST_LETTERS);
  const sort = words(address["sort"])[0];
  const view = words(address["view"])[0];
  const pages = Math.min(Number(address["pages"]), MOST_PAGES);
  return {
    ...search,
    ...(q !== undefined && q.trim() !== "" && { q }),
    ...(sort !== undefined && isSort(sort) && { sort }),
    ...(view !== undefined && isView(view) && { view }),
    ...(Number.isInteger(pages) && pages > 1 && { pages }),
  };
}

/** The same search from its first page. */
export function fromStart(search: CallSearch): Omit<CallSearch, "pages"> {
  const { pages: _, ...rest } = search;
  return rest;
}

/** What the API is asked for the first page. */
export function callQuery(search: CallSearch): Omit<CallSearch, "pages" | "view"> {
  const { view: _, ...query } = fromStart(search);
  return query;
}

/** Whether the best come first: the order that the API takes for a search with words, unless told otherwise. */
export function isByRelevance({ q, sort }: CallSearch): boolean {
  return sort === undefined ? q !== undefined : sort === "relevance";
}

/** The values chosen in one filter. */
export function chosenIn(search: CallSearch, filter: Filter): readonly string[] {
  return search[filter] ?? [];
}

/** Other values in one filter; the list begins again from its first page. */
export function withFilter(
  search: CallSearch,
  filter: Filter,
  values: readonly string[],
): CallSearch {
  return validateCallSearch({ ...fromStart(search), [filter]: values });
}

/** How many values are chosen, over all filters. */
export function countChosen(search: CallSearch): number {
  return FILTERS.reduce((count, filter) => count + chosenIn(search, filter).length, 0);
}

/** The same search, for anybody's structure. */
export function withoutStructure(search: CallSearch): CallSearch {
  return validateCallSearch({
    ...fromStart(search),
    structure: "",
    structure_region: "",
    structure_stage: "",
  });
}

/** The same search without any filter. */
export function withoutFilters({ q, sort, view }: CallSearch): CallSearch {
  return validateCallSearch({ q, sort, view });
}
