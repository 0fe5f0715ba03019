import { expect, test } from "vitest";
import { filtersOf, validateDeadlineSearch } from "./deadline-search.ts";
import { feedOf } from "#ui/subscribe.tsx";
import { byMonth, type Deadline, deadlineQuery, lineOf } from "./deadlines.ts";

const now = new Date("2026-11-23T08:00:00Z");

function moment(on: string) {
  return { at: null, on, precision: "day" as const, zone: "Europe/Paris" };
}

function deadline(slug: string, rank: number, opens: string | null, closes: string): Deadline {
  return {
    call: { slug, kind: "aap", name: { fr: slug, en: null }, state: "open", fictitious: false },
    wave: {
      rank,
      name: null,
      state: "open",
      opens: opens === null ? null : moment(opens),
      closes: moment(closes),
      grace_minutes: 0,
      results: null,
      rolling: false,
      note: null,
      source: null,
    },
    wave_count: 1,
  };
}

test("an address tells the filters, whether the past is shown, and no order", () => {
  const search = validateDeadlineSearch({ kind: "aap", past: "1", sort: "opens", pages: "2" });
  expect(search).toEqual({ kind: ["aap"], past: "1" });
  expect(filtersOf(search)).toEqual({ kind: ["aap"] });
  expect(deadlineQuery(search, now)).toEqual({ kind: ["aap"], limit: 50 });
});

test("what is to come begins today, in Paris", () => {
  const late = new Date("2026-11-23T23:30:00Z");
  expect(deadlineQuery({}, late)).toEqual({ since: "2026-11-24", limit: 50 });
});

test("deadlines are told month after month", () => {
  const yearly = deadline("c", 1, null, "2028-01-01");
  const found = [
    deadline("a", 1, null, "2026-12-04"),
    deadline("b", 1, null, "2026-12-18"),
    deadline("a", 2, null, "2027-03-01"),
    { ...yearly, wave: { ...yearly.wave, closes: { ...moment("2028-01-01"), precision: "year" } } },
  ] satisfies Deadline[];
  expect(byMonth(found).map(([month, items]) => [month, items.length])).toEqual([
    ["2026-12", 2],
    ["2027-03", 1],
    ["2028", 1],
  ]);
});

test("a call is one row, its waves bars from their opening to their closing", () => {
  const line = lineOf(
    [deadline("a", 1, "2026-11-01", "2026-12-31"), deadline("a", 2, null, "2027-01-31")],
    now,
  );
  expect(line?.rows).toHaveLength(1);
  const [first, second] = line?.rows[0]?.bars ?? [];
  expect(first?.from).toBe(0);
  expect(first?.isOpeningKnown).toBe(true);
  expect(second?.isOpeningKnown).toBe(false);
  expect(second?.to).toBeCloseTo(1, 2);
  expect(line?.ticks.map(({ on }) => on)).toEqual(["2026-11-01", "2026-12-01", "2027-01-01"]);
  expect(line?.today).toBeCloseTo(22.33 / 92, 2);
});

test("a long line is told by its years, and today is not on one that is over", () => {
  const line = lineOf(
    [deadline("a", 1, null, "2020-06-01"), deadline("b", 1, null, "2026-12-01")],
    now,
  );
  expect(line?.ticks.map(({ on }) => on.slice(0, 4))).toEqual([
    "2021",
    "2022",
    "2023",
    "2024",
    "2025",
    "2026",
  ]);
  const over = lineOf([deadline("a", 1, null, "2020-06-01")], new Date("2026-12-01T00:00:00Z"));
  expect(over?.today).toBeNull();
  expect(lineOf([], now)).toBeNull();
});

test("a calendar is followed at an address that calendars know, with the filters", () => {
  const filters = new URLSearchParams([["kind", "aap"]]);
  expect(feedOf("/calendars/calls.ics", filters, "etape.example")).toBe(
    "webcal://etape.example/calendars/calls.ics?kind=aap",
  );
  expect(feedOf("/calendars/calls.ics", new URLSearchParams())).toBe("/calendars/calls.ics");
});
