import { expect, test } from "vitest";
import { roadOf } from "./road.ts";

function stop(slug: string, days: string[], own: { zone?: string; status?: "cancelled" } = {}) {
  return {
    slug,
    days: days.map((on) => ({ on, theme: null })),
    zone: own.zone ?? "Europe/Paris",
    status: own.status ?? ("scheduled" as const),
  };
}

function states(stops: Parameters<typeof roadOf>[0], now: string) {
  return Object.fromEntries(roadOf(stops, new Date(now)));
}

const stops = [
  stop("nancy", ["2026-11-25"]),
  stop("lyon", ["2027-01-05", "2027-01-07"]),
  stop("saint-denis", ["2027-02-10"], { zone: "Indian/Reunion" }),
];

test("between two stops the first one ahead is next", () => {
  expect(states(stops, "2026-12-01T12:00:00Z")).toEqual({
    nancy: "past",
    lyon: "next",
    "saint-denis": "coming",
  });
});

test("between two days of a stop that do not follow each other it is still ahead", () => {
  expect(states(stops, "2027-01-06T12:00:00Z")["lyon"]).toBe("next");
  expect(states(stops, "2027-01-07T12:00:00Z")["lyon"]).toBe("now");
});

test("a day begins when it begins there", () => {
  expect(states(stops, "2027-02-09T20:30:00Z")["saint-denis"]).toBe("now");
});

test("a stop that is cancelled is not the next one", () => {
  const cancelled = stop("nancy", ["2026-11-25"], { status: "cancelled" });
  expect(states([cancelled, ...stops.slice(1)], "2026-11-01T12:00:00Z")).toMatchObject({
    nancy: "coming",
    lyon: "next",
  });
});
