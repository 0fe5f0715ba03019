import { expect, it } from "vitest";
import { firstEntry, isEntry, judge, toneOf } from "./judging.ts";
import { placeOf } from "./place.ts";
import type { Person, Seat } from "./ticket.ts";

const seat = (session: string, status: Seat["status"], mode: Seat["mode"] = "on_site"): Seat => ({
  session,
  mode,
  status,
});

function person(seats: readonly Seat[], cancelled = false): Person {
  return { name: "Ada", organisation: null, cancelled, seats, entries: [] };
}

it("judges a door as the server does", () => {
  const ada = person([seat("plenary", "confirmed"), seat("workshop", "waiting")]);
  expect(judge(ada, null, null)).toBe("admitted");
  expect(judge(ada, null, { at: "2027-01-12T08:00:00Z", device: null })).toBe("already_in");
  expect(judge(ada, "workshop", null)).toBe("waiting");
  expect(judge(ada, "visit", null)).toBe("no_seat");
  expect(judge(person([seat("plenary", "confirmed", "online")]), null, null)).toBe("no_seat");
  expect(judge(person([seat("plenary", "confirmed")], true), null, null)).toBe("cancelled");
});

it("counts an entry by the same door on the same day of the place, the earliest", () => {
  const zone = "Indian/Reunion";
  const entries = [
    { at: "2027-01-12T06:00:00Z", device: "Sud", door: null },
    { at: "2027-01-12T05:00:00Z", device: "Nord", door: null },
    { at: "2027-01-12T04:00:00Z", device: "Atelier", door: "workshop" },
    { at: "2027-01-11T19:00:00Z", device: "Hier", door: null },
  ];
  const at = "2027-01-12T07:00:00Z";
  expect(firstEntry(entries, { door: null, at, zone })?.device).toBe("Nord");
  expect(firstEntry(entries, { door: "visit", at, zone })).toBeNull();
  const lateInParis = "2027-01-11T21:00:00Z";
  expect(firstEntry(entries, { door: null, at: lateInParis, zone })?.device).toBe("Nord");
});

it("lets nobody in by a word that is red", () => {
  expect(toneOf("unlisted")).toBe("good");
  for (const refused of ["cancelled", "another_stop", "unknown"] as const) {
    expect(toneOf(refused)).toBe("bad");
    expect(isEntry(refused)).toBe(false);
  }
  expect(isEntry("waiting")).toBe(false);
});

it("knows its places in both languages", () => {
  expect(placeOf("/pointage/lille")).toEqual({ page: "door", stop: "lille" });
  expect(placeOf("/en/pointage/")).toEqual({ page: "stops" });
  const join = { page: "join", session: "ouverture", proof: "x-_1" };
  expect(placeOf("/en/rejoindre/ouverture/x-_1")).toEqual(join);
});
