import { describe, expect, test } from "vitest";
import type { I18n } from "./context.tsx";
import {
  daysText,
  durationText,
  type Moment,
  momentText,
  relativeText,
  spanText,
  zoneText,
} from "./dates.ts";
import { en } from "./en.ts";
import { fr } from "./fr.ts";

const now = new Date("2026-11-23T08:00:00Z");
const french: I18n = { locale: "fr", t: fr, now };
const english: I18n = { locale: "en", t: en, now };

const noon: Moment = {
  at: "2026-12-09T11:00:00Z",
  on: "2026-12-09",
  zone: "Europe/Paris",
  precision: "instant",
};
const dayOnly: Moment = { at: null, on: "2027-01-29", zone: "Europe/Paris", precision: "day" };

/** Spaces that do not break are read as spaces. */
function bare(words: string | null) {
  return words?.replaceAll("\u00A0", " ");
}

function between(first: string, last: string, i18n: I18n) {
  return bare(spanText({ on: first, precision: "day" }, { on: last, precision: "day" }, i18n));
}

describe("a span", () => {
  test("a year that both days share is said once, another one beside each", () => {
    expect(between("2026-12-02", "2026-12-15", french)).toBe("du mer. 2 déc. au mar. 15 déc.");
    expect(between("2027-01-05", "2027-02-18", french)).toBe(
      "du mar. 5 janv. au jeu. 18 févr. 2027",
    );
    expect(between("2026-12-02", "2027-02-18", french)).toBe(
      "du mer. 2 déc. 2026 au jeu. 18 févr. 2027",
    );
    expect(between("2025-12-02", "2026-02-18", english)).toBe("Tue 2 Dec 2025 to Wed 18 Feb 2026");
  });
});

describe("a moment", () => {
  test("an instant is said at the hour of its place, whatever the browser's zone", () => {
    expect(bare(momentText(noon, french))).toBe("mer. 9 déc., 12:00");
    expect(bare(momentText({ ...noon, zone: "Indian/Reunion" }, french))).toBe(
      "mer. 9 déc., 15:00",
    );
    expect(bare(momentText(noon, english))).toBe("Wed 9 Dec, 12:00");
    expect(bare(momentText(noon, french, "long"))).toBe("mercredi 9 décembre, 12:00");
  });

  test("an hour that nobody stated is said to be unknown", () => {
    expect(bare(momentText(dayOnly, french))).toBe("ven. 29 janv. 2027, heure non précisée");
    expect(bare(momentText(dayOnly, english))).toBe("Fri 29 Jan 2027, hour not stated");
  });

  test("a month stays a month, and after a day stays after it", () => {
    expect(bare(momentText({ ...dayOnly, precision: "month" }, french))).toBe("janvier 2027");
    expect(bare(momentText({ ...dayOnly, on: "2026-06-29", precision: "after" }, french))).toBe(
      "après le lun. 29 juin",
    );
  });

  test("the first of a month is 1er in French", () => {
    expect(bare(momentText({ ...dayOnly, on: "2026-12-01" }, french))).toBe(
      "mar. 1er déc., heure non précisée",
    );
  });
});

describe("how far a moment is", () => {
  test("is counted in days of its place", () => {
    expect(bare(relativeText(noon, french))).toBe("dans 16 jours");
    expect(bare(relativeText({ ...noon, at: "2026-11-24T22:30:00Z" }, french))).toBe("demain");
    expect(bare(relativeText(dayOnly, english))).toBe("in 2 months");
    expect(bare(relativeText({ ...dayOnly, on: "2022-05-10" }, french))).toBe("il y a 4 ans");
  });

  test("is counted in hours on the day itself", () => {
    expect(bare(relativeText({ ...noon, at: "2026-11-23T11:10:00Z" }, french))).toBe(
      "dans 3 heures",
    );
    expect(bare(relativeText({ ...noon, at: "2026-11-23T07:40:00Z" }, english))).toBe(
      "20 minutes ago",
    );
    expect(bare(relativeText({ ...dayOnly, on: "2026-11-23" }, french))).toBe("aujourd’hui");
  });

  test("is not said where the day is not known", () => {
    expect(relativeText({ ...dayOnly, precision: "month" }, french)).toBeNull();
  });
});

test("days that follow one another are a range, others are listed", () => {
  expect(bare(daysText(["2026-12-09"], french))).toBe("mer. 9 déc.");
  expect(bare(daysText(["2026-12-11", "2026-12-09", "2026-12-10"], french))).toBe(
    "du mer. 9 déc. au ven. 11 déc.",
  );
  expect(bare(daysText(["2026-12-09", "2026-12-16"], french))).toBe("mer. 9 déc. et mer. 16 déc.");
});

test("a zone is named after its place", () => {
  expect(zoneText("Europe/Paris", french)).toBe("heure de Paris");
  expect(zoneText("Indian/Reunion", french)).toBe("heure de La Réunion");
  expect(zoneText("Europe/Paris", english)).toBe("Paris time");
});

test("a length reads as people write it", () => {
  expect(durationText(75, french)).toBe("1 h 15");
  expect(durationText(120, french)).toBe("2 h");
  expect(durationText(15, french)).toBe("15 min");
  expect(durationText(65, english)).toBe("1 h 5 min");
});
