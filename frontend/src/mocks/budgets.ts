/** The money of one invented programme, over HTTP in memory. */
import type { components } from "../api/generated/schema.ts";
import { http, page } from "./http.ts";
import { day, source, words } from "./parts.ts";
import { notFound } from "./problems.ts";

type Schemas = components["schemas"];

const MILLION = 100_000_000;
const NOTHING = { allocated: null, committed: null, awarded: null, paid: null };

/** What one source states, or several that contradict each other. */
function stated(...millions: number[]): Schemas["FigureSet"][] {
  const [headline, ...others] = millions.map((value) => ({
    value: value * MILLION,
    unit: "eur_cents" as const,
    qualifier: "exact" as const,
    day: null,
    scope: null,
    stated: null,
    source,
  }));
  if (headline === undefined) {
    return [];
  }
  const conflict = {
    relation: "conflict",
    sentence: words("Les sources se contredisent."),
  } as const;
  const alike = { relation: null, sentence: null };
  return [{ key: "budget", headline, others, ...(others.length > 0 ? conflict : alike) }];
}

function node(slug: string, name: string, ...millions: number[]) {
  return {
    ...NOTHING,
    slug,
    name: words(name),
    funders: [],
    stated: stated(...millions),
    undated: 0,
    amount_cents: millions[0] === undefined ? null : millions[0] * MILLION,
    basis: millions.length > 0 ? ("stated" as const) : null,
    breakdown: null,
    fictitious: true,
  };
}

function breakdown(parts: number, rest: number): Schemas["Breakdown"] {
  return {
    parts_cents: parts * MILLION,
    not_broken_down_cents: rest * MILLION,
    excess_cents: null,
    inferred_cents: null,
    silent: 0,
  };
}

/** A window of two million, of which a half is committed. */
function windowOf(now: Date): Schemas["CallMoney"] {
  const latest = day(now, -20);
  return {
    ...node("guichet", "Un guichet d’essai", 2),
    allocated: { cents: 2 * MILLION, latest: day(now, -90), sources: [source] },
    committed: { cents: MILLION, latest, sources: [source] },
    kind: "window",
    envelope: "usages",
    left: { cents: MILLION, latest, unsaid: null },
    waves: [],
  };
}

function budgetOf(now: Date, asOf: string): Schemas["Budget"] {
  return {
    ...node("programme-essai", "Programme d’essai", 10, 9),
    acronym: null,
    as_of: asOf,
    parents: [],
    dates: [day(now, -90), day(now, -20)],
    breakdown: breakdown(7, 3),
    envelopes: [
      {
        ...node("donnees", "Données", 4),
        parent: null,
        parent_inferred: false,
      },
      {
        ...node("usages", "Usages", 3),
        breakdown: breakdown(2, 1),
        parent: null,
        parent_inferred: false,
      },
      { ...node("rallonge", "Rallonge", 5), parent: null, parent_inferred: true },
    ],
    calls: [windowOf(now)],
  };
}

/** An entry, and the one that takes it away. */
function entriesOf(now: Date): Schemas["LedgerEntryRead"][] {
  const entry: Schemas["LedgerEntryRead"] = {
    id: 1,
    subject: { kind: "call", slug: "guichet", name: words("Un guichet d’essai"), wave: null },
    kind: "committed",
    amount_cents: 5 * MILLION,
    effective: { on: day(now, -30), precision: "day" },
    counts_from: day(now, -30),
    source,
    note: null,
    reverses: null,
    reversed_by: 2,
    recorded_at: now.toISOString(),
    fictitious: true,
  };
  const why = words("Un montant mal recopié.");
  return [{ ...entry, id: 2, note: why, reverses: entry.id, reversed_by: null }, entry];
}

/** Handlers over a programme of their own; calls that it does not have have no money stated. */
export function createBudgetHandlers(now: Date) {
  const today = day(now, 0);
  const programme = budgetOf(now, today);
  return [
    http.get("/api/v1/programmes", ({ response }) =>
      response(200).json(
        page([
          {
            slug: programme.slug,
            name: programme.name,
            acronym: null,
            summary: null,
            launched: null,
            figures: programme.stated,
            fictitious: true,
          },
        ]),
      ),
    ),
    http.get("/api/v1/programmes/{slug}/budget", ({ params, query, response }) =>
      params.slug === programme.slug
        ? response(200).json(budgetOf(now, query.get("as_of") ?? today))
        : response(404).json(notFound),
    ),
    http.get("/api/v1/calls/{slug}/budget", ({ params, response }) =>
      response(200).json({
        ...node(params.slug, "Un appel"),
        kind: "aap",
        envelope: null,
        waves: [],
        left: { cents: null, latest: null, unsaid: "competitive" },
      }),
    ),
    http.get("/api/v1/ledger", ({ response }) => response(200).json(page(entriesOf(now)))),
  ];
}
