import { expect, test } from "vitest";
import { toTheLetter } from "./to-the-letter.ts";

test("words are searched to the letter in their quotes, the others as before", () => {
  expect(toTheLetter("EDS hôpital", "eds")).toBe('"EDS" hôpital');
  expect(toTheLetter("l’ hôpital", "hopital l")).toBe('"l’ hôpital"');
});
