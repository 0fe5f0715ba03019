/** Finding in memory as the API finds: any value of one filter, all the filters, each facet blind to its own filter. */
import type { components } from "../api/generated/schema.ts";
import { judge } from "./eligibility.ts";

type Schemas = components["schemas"];
type Call = Schemas["CallRead"];

const PAGE = 20;
const NATIONWIDE = "00";

/** The values of a call under each filter: what closes soon is open too. */
const VALUES: Readonly<Record<string, (call: Call) => readonly string[]>> = {
  status: ({ state }) => (state === "closing" ? ["open", state] : [state]),
  kind: ({ kind }) => [kind],
  theme: ({ themes }) => themes,
  applicant: ({ applicants }) => applicants,
  region: ({ regions }) => (regions.length > 0 ? regions : [NATIONWIDE]),
  stage: ({ stages }) => stages,
  aid: ({ aids }) => aids,
  edition: ({ fictitious }) => [fictitious ? "fictitious" : "real"],
};

/** Small letters without accents. */
function bare(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

function wordsOf(text: string): string[] {
  return bare(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** How many of the typed words begin a word of the texts. */
function countFound(typed: readonly string[], texts: readonly (string | null | undefined)[]) {
  const said = texts.flatMap((text) => wordsOf(text ?? ""));
  return typed.filter((word) => said.some((each) => each.startsWith(word))).length;
}

/** The things whose name has every word. */
export function named<Thing extends { name: Schemas["Localized"] }>(
  things: readonly Thing[],
  q: string,
): Thing[] {
  const typed = wordsOf(q);
  return things.filter(
    ({ name }) => typed.length > 0 && countFound(typed, [name.fr, name.en]) === typed.length,
  );
}

/** A text cut where the typed words begin one of its own; null where none does. */
function highlighted(text: string | null | undefined, typed: readonly string[]) {
  const segments = (text ?? "").split(/([\p{L}\p{N}]+)/u).map((piece) => ({
    text: piece,
    hit: typed.some((word) => bare(piece).startsWith(word)),
  }));
  return segments.some(({ hit }) => hit) ? segments.filter(({ text: some }) => some !== "") : null;
}

function hitOf(call: Call, typed: readonly string[], kind: string | null): Schemas["CallHit"] {
  const { name, promise } = call;
  const texts = { name: name.fr, name_en: name.en, promise: promise?.fr, promise_en: promise?.en };
  const highlights = Object.entries(texts).flatMap(([key, text]) => {
    const segments = highlighted(text, typed);
    return segments === null ? [] : [[key, segments] as const];
  });
  const missing = typed.filter((word) => countFound([word], Object.values(texts)) === 0);
  return {
    ...call,
    fit: kind === null ? null : judge(call, kind).verdict,
    exact: missing.length === 0,
    why: typed.flatMap((word) => {
      const place = (["name", "promise"] as const).find((part) =>
        [texts[part], texts[`${part}_en`]].some((text) => countFound([word], [text]) > 0),
      );
      return place === undefined ? [] : [{ typed: word, taken: null, found_in: place }];
    }),
    missing,
    highlights: Object.fromEntries(highlights),
  };
}

/** Whether a call passes the filters, but for one. */
function passes(call: Call, asked: URLSearchParams, but?: string): boolean {
  const isDated = String(call.deadline !== null);
  if ((asked.get("dated") ?? isDated) !== isDated) {
    return false;
  }
  return Object.entries(VALUES).every(([filter, valuesOf]) => {
    const wanted = filter === but ? [] : asked.getAll(filter);
    const kept = filter === "region" ? [...wanted, NATIONWIDE] : wanted;
    return wanted.length === 0 || valuesOf(call).some((value) => kept.includes(value));
  });
}

function countsOf(calls: readonly Call[], asked: URLSearchParams, filter: string) {
  const counts = new Map<string, number>();
  for (const call of calls.filter((each) => passes(each, asked, filter))) {
    for (const value of VALUES[filter]?.(call) ?? []) {
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((one, other) => other.count - one.count);
}

/** Which filter, dropped alone, lets calls with every word answer; else which word. */
function reliefOf(
  calls: readonly Call[],
  asked: URLSearchParams,
  typed: readonly string[],
): Schemas["Relief"][] {
  const q = asked.get("q") ?? "";
  const count = (words: readonly string[], but?: string) =>
    calls.filter((call) => passes(call, asked, but) && hitOf(call, words, null).exact).length;
  const filters = Object.keys(VALUES)
    .filter((filter) => asked.has(filter))
    .map((filter) => ({ drop: filter, words: null, q, total: count(typed, filter) }));
  const words = typed.map((word) => {
    const kept = typed.filter((other) => other !== word);
    return { drop: "q", words: word, q: kept.join(" "), total: count(kept) };
  });
  const ways = filters.some(({ total }) => total > 0) || typed.length < 2 ? filters : words;
  return ways.filter(({ total }) => total > 0).toSorted((one, other) => other.total - one.total);
}

/** What one sorts by; those without it come last. The samples stand in the order of their updates. */
const KEYS: Readonly<Record<string, (hit: Schemas["CallHit"]) => number>> = {
  relevance: ({ exact }) => (exact ? 0 : 1),
  closes: ({ deadline }) => Date.parse(deadline?.at ?? deadline?.on ?? "") || Infinity,
  opens: ({ next_opening: opens }) => Date.parse(opens?.at ?? opens?.on ?? "") || Infinity,
  "-amount": ({ amount_max_cents: cents }) => -(cents ?? 0),
};

/** One page of the calls that answer a query; a call may lack one of several words, and then comes after. */
export function findCalls(calls: readonly Call[], asked: URLSearchParams): Schemas["CallPage"] {
  const typed = wordsOf(asked.get("q") ?? "");
  const least = Math.max(typed.length - 1, Math.min(typed.length, 1));
  const said = calls.filter(
    ({ name, promise }) => countFound(typed, [name.fr, name.en, promise?.fr, promise?.en]) >= least,
  );
  const key = KEYS[asked.get("sort") ?? (typed.length > 0 ? "relevance" : "closes")];
  const kind = asked.get("structure");
  const found = said
    .filter((call) => passes(call, asked))
    .map((call) => hitOf(call, typed, kind))
    .toSorted((one, other) => {
      const [left, right] = [key?.(one) ?? 0, key?.(other) ?? 0];
      return left === right ? 0 : left - right;
    });
  const start = Number(asked.get("cursor") ?? 0);
  const end = start + Number(asked.get("limit") ?? PAGE);
  return {
    items: found.slice(start, end),
    total: found.length,
    next: end < found.length ? String(end) : null,
    exact: found.filter(({ exact }) => exact).length,
    facets: Object.fromEntries(
      Object.keys(VALUES).map((filter) => [filter, countsOf(said, asked, filter)]),
    ),
    synonyms: {},
    corrections: {},
    relief: found.some(({ exact }) => exact) ? [] : reliefOf(calls, asked, typed),
  };
}
