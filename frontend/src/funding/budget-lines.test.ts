import { expect, test } from "vitest";
import type { Schema } from "#api/schemas.ts";
import { csvOf, type Line, linesOf } from "./budget-lines.ts";

const MONEY = { allocated: null, committed: null, awarded: null, paid: null };
const PART = {
  undated: 0,
  funders: [],
  stated: [],
  basis: null,
  breakdown: null,
  fictitious: true,
};

function node(slug: string, cents: number | null) {
  return { ...MONEY, ...PART, slug, name: { fr: slug, en: null }, amount_cents: cents };
}

function envelope(
  slug: string,
  cents: number | null,
  parent: string | null = null,
): Schema<"EnvelopeMoney"> {
  return { ...node(slug, cents), parent, parent_inferred: false };
}

function call(slug: string, cents: number | null, of: string | null): Schema<"CallMoney"> {
  const left = { cents: null, latest: null, unsaid: "competitive" } as const;
  return { ...node(slug, cents), kind: "aap", envelope: of, waves: [], left };
}

function broken(parts: number, rest: number): Schema<"Breakdown"> {
  const nothing = { excess_cents: null, inferred_cents: null, silent: 0 };
  return { parts_cents: parts, not_broken_down_cents: rest, ...nothing };
}

const BUDGET: Schema<"Budget"> = {
  ...node("plan", 100),
  acronym: null,
  as_of: "2026-11-23",
  parents: [],
  dates: [],
  breakdown: broken(70, 30),
  envelopes: [
    envelope("petite", 20),
    { ...envelope("grande", 50), breakdown: broken(45, 5) },
    envelope("dedans", 45, "grande"),
    { ...envelope("rallonge", 60), parent_inferred: true },
  ],
  calls: [call("seul", 20, "petite"), call("a-cote", 50, "grande"), call("sans", null, null)],
};

function places(lines: readonly Line[]) {
  return lines.map(({ id, depth, from, cents, standing }) => [id, depth, from, cents, standing]);
}

test("each line begins where the one before ends, the largest first, and what is left comes last", () => {
  const { main, scale } = linesOf(BUDGET);
  expect(scale).toBe(100);
  expect(places(main)).toEqual([
    ["programme", 0, 0, 100, "counted"],
    ["enveloppe-grande", 1, 0, 50, "counted"],
    ["enveloppe-dedans", 2, 0, 45, "counted"],
    ["enveloppe-grande-reste", 2, 45, 5, "counted"],
    ["appel-a-cote", 2, 0, 50, "aside"],
    ["enveloppe-petite", 1, 50, 20, "counted"],
    ["appel-seul", 2, 50, 20, "counted"],
    ["programme-reste", 1, 70, 30, "counted"],
  ]);
});

test("what no source places stands apart, and so do calls of no envelope", () => {
  const { inferred, loose } = linesOf(BUDGET);
  expect(places(inferred)).toEqual([["enveloppe-rallonge", 0, 0, 60, "inferred"]]);
  expect(places(loose)).toEqual([["appel-sans", 0, 0, null, "aside"]]);
});

test("a programme without envelopes is its calls", () => {
  const { main, loose } = linesOf({ ...BUDGET, envelopes: [], calls: [call("sans", 8, null)] });
  expect(main.map(({ id }) => id)).toEqual(["programme", "appel-sans", "programme-reste"]);
  expect(loose).toEqual([]);
});

test("the table is read by spreadsheets, and holds no formula", () => {
  const { main } = linesOf(BUDGET);
  const [head, first] = csvOf(main, BUDGET.as_of, () => '=1+"1"').split("\r\n");
  expect(head).toContain('"awarded_cents","paid_cents","awarded_lump_cents","left_cents"');
  expect(first).toBe(`"2026-11-23","programme","0","counted","'=1+""1""","100","","","","","",""`);
});
