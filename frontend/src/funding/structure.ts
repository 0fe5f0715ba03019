/**
 * What somebody tells of their structure and of who answers with it: kept in the address of the page and in their browser,
 * sent only with the questions that the page asks.
 */
import { type Schema, stageValues, structureKindValues } from "#api/schemas.ts";
import { parseSearch, stringifySearch } from "#search-params.ts";

type Kind = Schema<"StructureKind">;

/** A structure as far as it is told. */
export type Told = { kind?: Kind; region?: string };

/** What is said once, for every call: who we are, and where our project stands. */
export type MyStructure = Told & {
  stage?: Schema<"Stage">;
  staff?: number;
  years?: number;
};

/** What is said for one call too: its project, and who answers; without `partners`, that is undecided. */
export type Answers = MyStructure & {
  spend?: number;
  months?: number;
  partners?: Told[];
  /** The rank of the partner who leads, from 1; without it, we do. */
  lead?: number;
};

type Address = Readonly<Record<string, unknown>>;

const KEY = "etape-structure";
const ALONE = "alone";
const REGION = /^\d{2}$/;
const NUMBERS = ["staff", "years", "spend", "months", "lead"] as const;
const MOST_PARTNERS = 20;
const LARGEST = 1_000_000_000;
const CENTS = 100;

function words(value: unknown): string[] {
  return [value].flat().filter((each) => typeof each === "string");
}

function oneOf<Value extends string>(values: readonly Value[], value: unknown): Value | undefined {
  return values.find((each) => each === value);
}

function toldIn(kind: unknown, region: unknown): Told {
  const known = oneOf(structureKindValues, kind);
  return {
    ...(known !== undefined && { kind: known }),
    ...(typeof region === "string" && REGION.test(region) && { region }),
  };
}

/** The answers that an address tells. What it does not understand is left out, never an error. */
export function answersIn(address: Address): Answers {
  const one = (name: string) => words(address[name])[0];
  const stage = oneOf(stageValues, one("structure_stage"));
  const numbers = NUMBERS.flatMap((name) => {
    const number = Number(one(name) || Number.NaN);
    return Number.isInteger(number) && number >= 0 && number <= LARGEST ? [[name, number]] : [];
  });
  const partners = words(address["with"]);
  return {
    ...toldIn(one("structure"), one("structure_region")),
    ...(stage !== undefined && { stage }),
    ...Object.fromEntries(numbers),
    ...(partners.length > 0 && {
      partners: partners
        .filter((each) => each !== ALONE)
        .slice(0, MOST_PARTNERS)
        .map((each) => {
          const [kind, region] = each.split(".");
          return toldIn(kind, region);
        }),
    }),
  };
}

/** The address that tells these answers, in words only. */
export function addressOf({
  kind,
  region,
  stage,
  partners,
  ...numbers
}: Answers): Record<string, unknown> {
  return {
    structure: kind,
    structure_region: region,
    structure_stage: stage,
    ...Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, `${number}`])),
    with:
      partners?.length === 0
        ? ALONE
        : partners?.map((each) => `${each.kind ?? ""}.${each.region ?? ""}`),
  };
}

/** What a call is asked. People count a project in euros, the API in cents. */
export function questionOf(answers: Answers): Schema<"EligibilityQuestion"> {
  const { stage, spend, months, partners, lead, ...structure } = answers;
  const leader = partners?.[(lead ?? 0) - 1];
  return {
    structure,
    ...(leader !== undefined && { lead: leader }),
    ...(partners !== undefined && { partners: partners.filter((each) => each !== leader) }),
    project: {
      ...(stage !== undefined && { stage }),
      ...(spend !== undefined && { spend_cents: spend * CENTS }),
      ...(months !== undefined && { months }),
    },
  };
}

/** What this browser was told once of our structure. */
export function keptStructure(): MyStructure {
  try {
    return mine(answersIn(parseSearch(localStorage.getItem(KEY) ?? "")));
  } catch {
    return {}; // closed to us: nothing was told
  }
}

/** Keeps, in this browser, what holds for every call. */
export function keepStructure(answers: Answers): void {
  try {
    localStorage.setItem(KEY, stringifySearch(addressOf(mine(answers))));
  } catch {
    // the browser keeps nothing: it is told again
  }
}

function mine({ kind, region, stage, staff, years }: Answers): MyStructure {
  return {
    ...(kind !== undefined && { kind }),
    ...(region !== undefined && { region }),
    ...(stage !== undefined && { stage }),
    ...(staff !== undefined && { staff }),
    ...(years !== undefined && { years }),
  };
}
