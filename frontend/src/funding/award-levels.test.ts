import { expect, test } from "vitest";
import { legendOf, levelsOf } from "./award-levels.ts";
import { awardQuery, filtering } from "./award-search.ts";

function facet(value: string | null, count: number, amount: number) {
  return { value, label: null, count, amount_cents: amount, not_stated: 0 };
}

const regions = [
  facet("32", 9, 100),
  facet("84", 4, 0),
  facet("04", 4, 300),
  facet("11", 1, 200),
  facet(null, 50, 900),
];

test("equal figures have one colour, the largest the fullest, and no region none", () => {
  expect([...levelsOf(regions, "count")]).toEqual([
    ["32", 4],
    ["84", 2],
    ["04", 2],
    ["11", 1],
  ]);
});

test("the legend says between which figures each colour lies, and colours nothing that is not stated", () => {
  expect(legendOf(regions, "amount_cents")).toEqual([
    { level: 1, least: 100, most: 100 },
    { level: 2, least: 200, most: 200 },
    { level: 4, least: 300, most: 300 },
  ]);
  expect(legendOf([], "count")).toEqual([]);
});

test("an address is read as far as it is understood", () => {
  const address = { q: "eau", region: ["04", "99"], year: "2022", wave: "x", edition: "real" };
  expect(awardQuery({ ...address, sort: "nothing" })).toEqual({
    q: "eau",
    call: [],
    wave: [],
    programme: [],
    year: [2022],
    region: ["04"],
    edition: ["real"],
  });
});

test("a wave goes with its call", () => {
  expect(filtering({ call: ["un"], wave: ["1"], q: "eau" }, "call", ["deux"])).toEqual({
    call: ["deux"],
    q: "eau",
  });
});
