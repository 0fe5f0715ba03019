import { describe, expect, test } from "vitest";
import { fr } from "#i18n/fr.ts";
import { countdownText } from "./countdown.ts";

const CLOSES = "2026-12-04T11:00:00Z";

describe("what is left before a closing", () => {
  test.each([
    ["2026-11-30T07:30:00Z", "4 jours 3 heures"],
    ["2026-12-03T11:00:00Z", "1 jour"],
    ["2026-12-04T08:50:00Z", "2 heures 10 minutes"],
    ["2026-12-04T10:15:00Z", "45 minutes"],
    ["2026-12-04T11:00:00Z", undefined],
    ["2026-11-01T11:00:00Z", undefined],
  ])("asked at %s", (now, said) => {
    const told = countdownText(CLOSES, { locale: "fr", t: fr, now: new Date(now) });
    expect(told?.replaceAll("\u00A0", " ")).toBe(said);
  });
});
