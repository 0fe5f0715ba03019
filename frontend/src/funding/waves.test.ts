import { expect, test } from "vitest";
import type { Schema } from "#api/schemas.ts";
import { stepsOf, waveOfDeadline } from "./waves.ts";

type Wave = Schema<"CallWave">;
type Moment = Schema<"Moment">;

const now = new Date("2026-11-23T08:00:00Z");

function moment(at: string): Moment {
  return { at, on: at.slice(0, 10), precision: "instant", zone: "Europe/Paris" };
}

function month(on: string): Moment {
  return { at: null, on, precision: "month", zone: "Europe/Paris" };
}

function wave(rank: number, given: Partial<Wave>): Wave {
  return {
    rank,
    name: null,
    state: "open",
    opens: null,
    closes: null,
    grace_minutes: 0,
    results: null,
    rolling: false,
    note: null,
    source: null,
    sources: [],
    figures: [],
    answered_in_days: null,
    selection: null,
    ...given,
  };
}

function told(waves: Wave[]): string[] {
  return stepsOf(waves, now).map(({ id, state }) => `${id} ${state}`);
}

test("one wave is told from its opening to its results, with today where it is", () => {
  const only = wave(1, {
    opens: moment("2026-10-05T07:00:00Z"),
    closes: moment("2026-12-09T11:00:00Z"),
    results: month("2027-02-01"),
  });
  expect(told([only])).toEqual(["opens past", "now now", "closes next", "results coming"]);
});

test("results expected in a month are not behind us while it lasts", () => {
  const closed = wave(1, { state: "closed", closes: moment("2026-09-01T10:00:00Z") });
  expect(told([{ ...closed, results: month("2026-11-01") }])).toEqual([
    "closes past",
    "now now",
    "results next",
  ]);
  expect(told([{ ...closed, results: month("2026-10-01") }])).toEqual([
    "closes past",
    "results past",
    "now now",
  ]);
});

test("several waves are one step each", () => {
  const waves = [
    wave(1, { state: "closed", closes: moment("2026-06-02T10:00:00Z") }),
    wave(2, { closes: moment("2026-11-27T11:00:00Z") }),
    wave(3, { state: "to_come", opens: moment("2027-04-05T07:00:00Z") }),
  ];
  expect(told(waves)).toEqual(["wave-1 past", "now now", "wave-2 next", "wave-3 coming"]);
});

test("a window without an end says so instead of stopping the road", () => {
  const window = wave(1, { rolling: true, opens: moment("2026-02-09T08:00:00Z") });
  expect(told([window])).toEqual(["opens past", "now now", "endless next"]);
});

test("no wave makes no road, not a lonely today", () => {
  expect(stepsOf([], now)).toEqual([]);
});

test("the deadline is that of the wave that closes then", () => {
  const second = wave(2, { closes: moment("2026-11-27T11:00:00Z") });
  const waves = [wave(1, { closes: moment("2026-06-02T10:00:00Z") }), second];
  expect(waveOfDeadline({ waves, deadline: second.closes })).toBe(second);
  expect(waveOfDeadline({ waves, deadline: null })).toBeNull();
});

test("a halted call goes no further than today, whatever its dates", () => {
  const window = wave(1, {
    opens: moment("2026-02-09T08:00:00Z"),
    closes: moment("2027-02-09T08:00:00Z"),
  });
  expect(stepsOf([window], now, true).map(({ id }) => id)).toEqual(["opens", "now"]);
});
