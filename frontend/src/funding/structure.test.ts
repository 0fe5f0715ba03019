// @vitest-environment jsdom
import { expect, test } from "vitest";
import { parseSearch, stringifySearch } from "#search-params.ts";
import {
  addressOf,
  type Answers,
  answersIn,
  keepStructure,
  keptStructure,
  questionOf,
} from "./structure.ts";

test("an address tells the answers that it was made of", () => {
  const told: Answers[] = [
    {},
    { kind: "university", region: "76", stage: "idea", staff: 40, years: 0 },
    { partners: [] },
    { partners: [{ kind: "association" }, { region: "04" }, {}], lead: 2, spend: 1000, months: 12 },
  ];
  for (const answers of told) {
    expect(answersIn(addressOf(answers))).toEqual(answers);
    expect(answersIn(parseSearch(stringifySearch(addressOf(answers))))).toEqual(answers);
  }
});

test("what an address says that is not understood is left out", () => {
  const odd =
    "?structure=consortium&structure_region=Lyon&structure_stage=late&staff=-1&months=1.5&spend=";
  expect(answersIn(parseSearch(odd))).toEqual({});
  expect(answersIn(parseSearch("?with=ministry.76"))).toEqual({ partners: [{ region: "76" }] });
});

test("a question counts in cents, and has the leader apart", () => {
  const [hospital, company] = [{ kind: "health_facility" }, { kind: "small_company" }] as const;
  expect(questionOf({})).toEqual({ structure: {}, project: {} });
  expect(questionOf({ ...company, spend: 5, partners: [hospital, {}], lead: 1 })).toEqual({
    structure: company,
    lead: hospital,
    partners: [{}],
    project: { spend_cents: 500 },
  });
});

test("a browser keeps what holds for every call, and nothing of one call", () => {
  expect(keptStructure()).toEqual({});
  keepStructure({ kind: "university", region: "76", staff: 3, months: 12, partners: [] });
  expect(keptStructure()).toEqual({ kind: "university", region: "76", staff: 3 });
});
