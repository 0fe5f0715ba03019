import { expect, test } from "vitest";
import { parseSearch, stringifySearch } from "./search-params.ts";

test("a year that somebody searches for stays a word", () => {
  expect(parseSearch("?q=2022&region=32")).toEqual({ q: "2022", region: "32" });
});

test("a list is a repeated name, and comes back as it went", () => {
  const search = { q: "tiers lieu", status: ["open", "closed"] };
  expect(stringifySearch(search)).toBe("?q=tiers+lieu&status=open&status=closed");
  expect(parseSearch(stringifySearch(search))).toEqual(search);
});

test("what is empty is not written", () => {
  expect(stringifySearch({ q: "", status: [], sort: undefined })).toBe("");
});
