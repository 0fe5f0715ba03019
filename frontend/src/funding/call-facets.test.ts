// @vitest-environment jsdom
import { expect, test } from "vitest";
import { optionsOf } from "./call-facets.tsx";
import { otherWords } from "./found-notices.tsx";
import { explains, passageOf } from "./highlights.ts";

const label = (_: string, value: string) => value;

test("a region counts the calls for the whole country, which its filter keeps", () => {
  const counts = [
    { value: "00", count: 3 },
    { value: "04", count: 1 },
  ];
  expect(optionsOf("region", counts, label, ["04", "53"], [])).toEqual([
    { value: "04", label: "04", count: 4 },
    { value: "53", label: "53", count: 3 },
  ]);
});

test("a chosen region stays in sight where it keeps nothing", () => {
  expect(optionsOf("region", [], label, ["04", "53"], ["53"])).toEqual([
    { value: "53", label: "53", count: 0 },
  ]);
});

test("states come in the order of a call's life, not by number", () => {
  const counts = [
    { value: "closed", count: 6 },
    { value: "announced", count: 1 },
  ];
  expect(optionsOf("status", counts, label, [], []).map(({ value }) => value)).toEqual([
    "announced",
    "closed",
  ]);
});

test("what was searched besides says each word once and not the typed one", () => {
  expect(otherWords("eds", ["EDS", "Entrepôt de données", "entrepôt de données"])).toEqual([
    "entrepôt de données",
  ]);
});

test("an English reader gets the French passage, marked as French, where there is no other", () => {
  const highlights = {
    name: [{ text: "Tiers-lieux", hit: true }],
    name_en: [{ text: "", hit: false }],
  };
  const passage = passageOf(highlights, "name", "en");
  expect(passage?.lang).toBe("fr");
  expect(explains(passage)).toBe(true);
});
