import { expect, test } from "vitest";
import {
  callQuery,
  countChosen,
  validateCallSearch,
  withFilter,
  withoutFilters,
} from "./search.ts";

test("an address with what nobody knows shows the rest instead of an error", () => {
  const address = {
    q: "tiers lieu",
    status: ["open", "ouvert"],
    kind: "aap",
    region: ["4", "04"],
    theme: "../etc",
    sort: "-price",
    pages: "-3",
    utm_source: "letter",
  };
  expect(validateCallSearch(address)).toEqual({
    q: "tiers lieu",
    status: ["open"],
    kind: ["aap"],
    region: ["04"],
  });
});

test("a value written twice is chosen once", () => {
  expect(validateCallSearch({ status: ["open", "open"] })).toEqual({ status: ["open"] });
});

test("words of blanks are no words", () => {
  expect(validateCallSearch({ q: "   " })).toEqual({});
});

test("the API is not told how many pages are shown, nor how", () => {
  expect(callQuery({ q: "eds", pages: 3, view: "cards" })).toEqual({ q: "eds" });
});

test("changing a filter begins again from the first page, drawn as it was", () => {
  expect(withFilter({ q: "eds", pages: 3, view: "timeline" }, "status", ["open"])).toEqual({
    q: "eds",
    status: ["open"],
    view: "timeline",
  });
});

test("a filter emptied of its values is gone from the address", () => {
  expect(withFilter({ status: ["open"] }, "status", [])).toEqual({});
});

test("clearing keeps the words and the order", () => {
  const search = validateCallSearch({
    q: "eds",
    sort: "opens",
    status: "open",
    aid: ["grant", "loan"],
  });
  expect(countChosen(search)).toBe(3);
  expect(withoutFilters(search)).toEqual({ q: "eds", sort: "opens" });
});
