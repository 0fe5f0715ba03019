/**
 * What is asked of the list of awards, as the page's address writes it: the same names as the API's, all optional; amounts
 * are in euros, as people say them.
 */
import { editionValues, type Schema } from "#api/schemas.ts";
import { REGIONS } from "#ui/france-map.tsx";

/** The filters, in the order in which the page shows them. */
export const AWARD_FILTERS = ["call", "wave", "programme", "year", "region", "edition"] as const;

export type AwardFilter = (typeof AWARD_FILTERS)[number];

/** Between which amounts, in whole euros: "200000". */
export const AMOUNT_ENDS = ["euros_from", "euros_to"] as const;

export type AmountEnd = (typeof AMOUNT_ENDS)[number];

/** An address as it comes: what is not understood is left out when it is read. */
export type AwardSearch = { q?: string; sort?: string; by?: "amount" } & {
  [Filter in AwardFilter | AmountEnd]?: string | string[];
};

/** The orders that the list may have. */
export const AWARD_SORTS = [
  "relevance",
  "-amount",
  "-decided",
  "recipient",
] as const satisfies readonly Schema<"AwardSort">[];

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const MOST_VALUES = 20;
const MOST_DIGITS = /^\d{1,12}$/;
const CENTS = 100;

const ACCEPTED: Record<AwardFilter, (value: string) => boolean> = {
  call: (value) => SLUG.test(value),
  wave: (value) => /^[1-9]\d?$/.test(value),
  programme: (value) => SLUG.test(value),
  year: (value) => /^(19|2[01])\d\d$/.test(value),
  region: (value) => REGIONS.some(({ code }) => code === value),
  edition: (value) => editionValues.some((each) => each === value),
};

/** The values chosen in one filter. */
export function chosenOf(search: AwardSearch, filter: AwardFilter): string[] {
  const values = [search[filter] ?? []].flat().filter((value) => ACCEPTED[filter](value));
  return [...new Set(values)].slice(0, MOST_VALUES);
}

/** The search in words; an address may repeat what is said once. */
export function wordsOf({ q }: AwardSearch): string {
  return ([q].flat()[0] ?? "").slice(0, 300);
}

/** An end of the amounts, in whole euros; null where there is none. */
export function eurosOf(search: AwardSearch, end: AmountEnd): number | null {
  return eurosIn([search[end]].flat()[0] ?? "") ?? null;
}

/** The whole euros that somebody wrote ("200 000 €"): null for nothing, undefined for what is no amount. */
export function eurosIn(written: string): number | null | undefined {
  const digits = written
    .replaceAll(/[\s€]/gu, "")
    .replace(/^\d{1,3}(?:[.,]\d{3})+$/u, (grouped) => grouped.replaceAll(/\D/gu, ""));
  return digits === "" ? null : MOST_DIGITS.test(digits) ? Number(digits) : undefined;
}

/** The same search with another end of the amounts. */
export function withEuros(search: AwardSearch, end: AmountEnd, euros: number | null): AwardSearch {
  const rest = { ...search };
  delete rest[end];
  return euros === null ? rest : { ...rest, [end]: `${euros}` };
}

/** What the API is asked. */
export function awardQuery(search: AwardSearch) {
  const [from, to] = [eurosOf(search, "euros_from"), eurosOf(search, "euros_to")];
  const sort = AWARD_SORTS.find((value) => value === search.sort);
  const q = wordsOf(search);
  return {
    call: chosenOf(search, "call"),
    wave: chosenOf(search, "wave").map(Number),
    programme: chosenOf(search, "programme"),
    year: chosenOf(search, "year").map(Number),
    region: chosenOf(search, "region"),
    edition: editionValues.filter((value) => chosenOf(search, "edition").includes(value)),
    ...(from !== null && { amount_from: from * CENTS }),
    ...(to !== null && { amount_to: to * CENTS }),
    ...(q.trim() !== "" && { q }),
    ...(sort !== undefined && { sort }),
  };
}

/** Other values in one filter. A wave is one of a call: it goes when another call is chosen. */
export function filtering(
  search: AwardSearch,
  filter: AwardFilter,
  values: readonly string[],
): AwardSearch {
  const rest = { ...search };
  delete rest[filter];
  if (filter === "call") {
    delete rest.wave;
  }
  return values.length === 0 ? rest : { ...rest, [filter]: [...values] };
}

/** The same search whatever the amount. */
export function withoutAmounts(search: AwardSearch): AwardSearch {
  return AMOUNT_ENDS.reduce((rest, end) => withEuros(rest, end, null), search);
}

/** How many values are chosen, over all filters; the amounts are one. */
export function countFilters(search: AwardSearch): number {
  return AWARD_FILTERS.reduce(
    (count, filter) => count + chosenOf(search, filter).length,
    AMOUNT_ENDS.some((end) => eurosOf(search, end) !== null) ? 1 : 0,
  );
}

/** The same search without any filter. */
export function unfiltered({ q, sort, by }: AwardSearch): AwardSearch {
  return {
    ...(q !== undefined && { q }),
    ...(sort !== undefined && { sort }),
    ...(by !== undefined && { by }),
  };
}
