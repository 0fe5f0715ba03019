/** A budget line by line: what the picture draws and what the table writes are the same. */
import type { Schema } from "#api/schemas.ts";
import { csvText } from "#ui/csv.ts";

type Budget = Schema<"Budget">;
type Envelope = Schema<"EnvelopeMoney">;
type Call = Schema<"CallMoney">;
type Wave = Schema<"WaveMoney">;
type Node = Budget | Envelope | Call;

/** Whether a line is a part of what it stands under; no source may place it there, or its money may be counted already. */
type Standing = "counted" | "inferred" | "aside";

type Place = { id: string; depth: number; standing: Standing; cents: number | null; from: number };

export type Line = Place &
  (
    | { kind: "programme"; thing: Budget }
    | { kind: "envelope"; thing: Envelope }
    | { kind: "call"; thing: Call }
    | { kind: "wave"; thing: Wave }
    | { kind: "rest"; thing: null }
  );

/** Where a line stands: how deep, after how many cents, and as what. */
type At = { depth: number; from: number; standing: Standing };

const KINDS = ["allocated", "committed", "awarded", "paid"] as const;

function isPlaced(envelope: Envelope): boolean {
  return !envelope.parent_inferred;
}

function largestFirst<Some extends Node>(nodes: readonly Some[]): Some[] {
  return nodes.toSorted((a, b) => (b.amount_cents ?? -1) - (a.amount_cents ?? -1));
}

/** Lines one after the other, each beginning where the one before ends. */
function inTurn<Some extends Node>(
  nodes: readonly Some[],
  at: At,
  draw: (node: Some, at: At) => Line[],
): Line[] {
  let { from } = at;
  return largestFirst(nodes).flatMap((node) => {
    const lines = draw(node, { ...at, from });
    from += node.amount_cents ?? 0;
    return lines;
  });
}

function rest(node: Node, parts: string, { depth, from, standing }: At): Line[] {
  const { breakdown } = node;
  const cents = breakdown?.not_broken_down_cents ?? 0;
  const after = from + (breakdown?.parts_cents ?? 0);
  return cents === 0
    ? []
    : [{ kind: "rest", thing: null, id: `${parts}-reste`, depth, standing, cents, from: after }];
}

function callLines(call: Call, { depth, from, standing }: At): Line[] {
  const id = `appel-${call.slug}`;
  const told = call.waves.filter((wave) => KINDS.some((kind) => wave[kind] !== null));
  return [
    { kind: "call", thing: call, id, depth, from, standing, cents: call.amount_cents },
    ...told.map((wave): Line => ({
      kind: "wave",
      thing: wave,
      id: `${id}-${wave.rank}`,
      depth: depth + 1,
      standing: "aside",
      cents: null,
      from,
    })),
  ];
}

export type Lines = {
  /** A programme and what it is made of, in turn. */
  main: Line[];
  /** What no source says how to place. */
  inferred: Line[];
  /** Calls of no stated envelope, beside envelopes. */
  loose: Line[];
  /** What the longest line reaches, in cents. */
  scale: number;
};

/** The lines of a budget, the largest first, each under what it is a part of. */
export function linesOf(budget: Budget): Lines {
  const { envelopes, calls } = budget;

  function envelopeLines(envelope: Envelope, at: At): Line[] {
    const id = `enveloppe-${envelope.slug}`;
    const within = envelopes.filter(({ parent }) => parent === envelope.slug);
    const of = calls.filter((call) => call.envelope === envelope.slug);
    const below = { ...at, depth: at.depth + 1 };
    const aside = { ...below, standing: "aside" as const };
    return [
      { kind: "envelope", thing: envelope, id, ...at, cents: envelope.amount_cents },
      ...inTurn(within.filter(isPlaced), below, envelopeLines),
      ...(within.length === 0 ? inTurn(of, below, callLines) : []),
      ...rest(envelope, id, below),
      ...(within.length === 0 ? [] : of.flatMap((call) => callLines(call, aside))),
    ];
  }

  const top: At = { depth: 0, from: 0, standing: "counted" };
  const first = { ...top, depth: 1 };
  const tops = envelopes.filter(({ parent }) => parent === null);
  const loose = calls.filter(({ envelope }) => envelope === null);
  const hasEnvelopes = tops.length > 0;
  const main: Line[] = [
    { kind: "programme", thing: budget, id: "programme", ...top, cents: budget.amount_cents },
    ...inTurn(tops.filter(isPlaced), first, envelopeLines),
    ...(hasEnvelopes ? [] : inTurn(loose, first, callLines)),
    ...rest(budget, "programme", first),
  ];
  const inferred = largestFirst(envelopes.filter((envelope) => !isPlaced(envelope))).flatMap(
    (envelope) => envelopeLines(envelope, { ...top, standing: "inferred" }),
  );
  const aside: At = { ...top, standing: "aside" };
  return {
    main,
    inferred,
    loose: hasEnvelopes ? loose.flatMap((call) => callLines(call, aside)) : [],
    scale: Math.max(...[...main, ...inferred].map(({ from, cents }) => from + (cents ?? 0))),
  };
}

/** The lines as a table to take away; amounts in integer cents, empty where not stated. */
export function csvOf(
  lines: readonly Line[],
  asOf: string,
  nameOf: (line: Line) => string,
): string {
  const head = ["as_of", "line", "depth", "standing", "name", "counted_cents"];
  const rows = lines.map((line) => {
    const { id, depth, standing, cents, thing } = line;
    const money = KINDS.map((kind) => thing?.[kind]?.cents ?? null);
    const left = line.kind === "call" ? line.thing.left.cents : null;
    const lump = thing?.awarded?.lump_cents ?? null;
    return [asOf, id, depth, standing, nameOf(line), cents, ...money, lump, left];
  });
  const kinds = KINDS.map((kind) => `${kind}_cents`);
  return csvText([[...head, ...kinds, "awarded_lump_cents", "left_cents"], ...rows]);
}
