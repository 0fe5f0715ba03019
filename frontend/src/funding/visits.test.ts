// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { lastVisit, rememberVisit } from "./visits.ts";

const now = new Date("2026-11-23T08:00:00Z");

beforeEach(() => localStorage.clear());

test("a visit is known the next time, and the version read then", () => {
  expect(lastVisit("a")).toBeNull();
  rememberVisit("a", 3, now);
  expect(lastVisit("a")).toEqual({ version: 3, at: now.toISOString() });
  expect(lastVisit("b")).toBeNull();
});

test("what is kept is bounded, and the latest stay", () => {
  for (let number = 0; number < 250; number += 1) {
    rememberVisit(`call-${number}`, 1, now);
  }
  expect(lastVisit("call-0")).toBeNull();
  expect(lastVisit("call-249")).not.toBeNull();
});

test.each(["nonsense", "[1]", '{"a":{"version":"3"}}', "null"])("%s is no visit", (kept) => {
  localStorage.setItem("etape-calls", kept);
  expect(lastVisit("a")).toBeNull();
  rememberVisit("a", 1, now);
  expect(lastVisit("a")?.version).toBe(1);
});
