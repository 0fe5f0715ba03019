import { expect, test } from "vitest";
import { localeOf, pathIn } from "./locale.ts";

test("English lives under /en, and only there", () => {
  expect(localeOf("/en")).toBe("en");
  expect(localeOf("/en/appels")).toBe("en");
  expect(localeOf("/appels")).toBe("fr");
  expect(localeOf("/enfance")).toBe("fr");
});

test("a page has the same slug in both languages", () => {
  expect(pathIn("en", "/")).toBe("/en");
  expect(pathIn("fr", "/en")).toBe("/");
  expect(pathIn("en", "/en/appels")).toBe("/en/appels");
  expect(pathIn("en", "/appels/x")).toBe("/en/appels/x");
  expect(pathIn("fr", "/en/appels/x")).toBe("/appels/x");
});
