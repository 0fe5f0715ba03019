import { expect, test } from "vitest";
import { instantIn } from "./instants.ts";

test("a time is read on the clocks of its place, in winter, in summer and on the night between", () => {
  expect(instantIn("2026-12-09T18:00", "Europe/Paris")).toBe("2026-12-09T17:00:00.000Z");
  expect(instantIn("2027-07-09T18:00", "Europe/Paris")).toBe("2027-07-09T16:00:00.000Z");
  expect(instantIn("2027-03-28T01:30", "Europe/Paris")).toBe("2027-03-28T00:30:00.000Z");
  expect(instantIn("2027-03-28T03:30", "Europe/Paris")).toBe("2027-03-28T01:30:00.000Z");
  expect(instantIn("2026-12-09T18:00", "Indian/Reunion")).toBe("2026-12-09T14:00:00.000Z");
  expect(instantIn("2026-12-09T18:00", "America/Martinique")).toBe("2026-12-09T22:00:00.000Z");
});

test("what is no time is left for the API to refuse", () => {
  expect(instantIn("", "Europe/Paris")).toBe("");
});
