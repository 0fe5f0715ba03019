import { expect, test } from "vitest";
import {
  chosen,
  comingOf,
  hoursOf,
  isBookable,
  overlapsOf,
  programmeOf,
  type ProgrammeDay,
  roomOf,
  type Session,
  waysOf,
} from "./programme.ts";

const now = new Date("2026-11-23T08:00:00Z");

function session(slug: string, own: Partial<Session> = {}): Session {
  return {
    id: slug,
    slug,
    kind: "workshop",
    title: { fr: slug, en: null },
    description: null,
    on: null,
    starts_at: null,
    ends_at: null,
    part: null,
    status: "scheduled",
    status_reason: null,
    count: 1,
    venue: null,
    room: null,
    access: "open",
    seats: [{ mode: "on_site", capacity: 10, left: 10, waiting: 0 }],
    list_closes_at: null,
    needs_identity: false,
    has_replay: null,
    replay_url: null,
    chapters: [],
    documents: [],
    calls: [],
    appearances: [],
    ...own,
  };
}

function timed(slug: string, start: string, end: string, own: Partial<Session> = {}): Session {
  const on = "2026-12-08";
  return session(slug, { starts_at: `${on}T${start}:00Z`, ends_at: `${on}T${end}:00Z`, ...own });
}

function drawn(days: readonly ProgrammeDay[]) {
  return days.map(({ on, slots }) => [on, slots.map((slot) => slot.map(({ slug }) => slug))]);
}

test("sessions whose hours meet stand side by side, in the order of the clock", () => {
  const sessions = [
    timed("visite", "13:00", "15:00"),
    timed("ouverture", "08:30", "09:00"),
    timed("atelier", "14:30", "16:00"),
    timed("table", "09:00", "10:00"),
  ];
  expect(drawn(programmeOf(sessions, "Europe/Paris"))).toEqual([
    ["2026-12-08", [["ouverture"], ["table"], ["visite", "atelier"]]],
  ]);
});

test("the day is that of the place, not of the reader", () => {
  const late = timed("kabar", "21:00", "22:00");
  expect(programmeOf([late], "Indian/Reunion").map(({ on }) => on)).toEqual(["2026-12-09"]);
  expect(programmeOf([late], "Europe/Paris").map(({ on }) => on)).toEqual(["2026-12-08"]);
});

test("without hours nothing is said to be at once; parts of the day are in order, no day comes last", () => {
  const sessions = [
    session("sans jour"),
    session("ateliers", { on: "2022-06-29", part: "afternoon" }),
    session("tables", { on: "2022-06-29", part: "morning" }),
  ];
  const days = programmeOf(sessions, "Europe/Paris");
  expect(drawn(days)).toEqual([
    ["2022-06-29", [["tables"], ["ateliers"]]],
    [null, [["sans jour"]]],
  ]);
  expect(days.map(hoursOf)).toEqual([null, null]);
});

test("a day lasts until its last session ends, which need not be the last to begin", () => {
  const [day] = programmeOf(
    [timed("longue", "08:00", "16:00"), timed("courte", "09:00", "10:00")],
    "Europe/Paris",
  );
  expect(day && hoursOf(day)).toEqual({
    start: "2026-12-08T08:00:00Z",
    end: "2026-12-08T16:00:00Z",
  });
});

test("only chosen sessions overlap, and one may begin as another ends", () => {
  const sessions = [
    timed("table", "09:00", "10:00"),
    timed("atelier", "09:30", "11:00"),
    timed("suite", "10:00", "11:00"),
  ];
  const pairs = overlapsOf(sessions, { table: "online", suite: "on_site" });
  expect(pairs).toEqual([]);
  const more = overlapsOf(sessions, { table: "online", atelier: "on_site", suite: "on_site" });
  expect(more.map((pair) => pair.map(({ slug }) => slug))).toEqual([
    ["table", "atelier"],
    ["atelier", "suite"],
  ]);
});

function place(slug: string, city: string): Session["venue"] {
  const unstated = { name: null, area: null, commune: null, address: null };
  return { slug, city, ...unstated, directions: null, accessibility: null, fictitious: false };
}

test("two sessions on site in two places want the time of the way, the next one only", () => {
  const sessions = [
    timed("table", "09:00", "10:00", { venue: place("halle", "Lille") }),
    timed("visite", "10:30", "11:00", { venue: place("usine", "Roubaix") }),
    timed("suite", "11:00", "12:00", { venue: place("usine", "Roubaix") }),
  ];
  const all = { table: "on_site", visite: "on_site", suite: "on_site" } as const;
  const told = (travel_minutes: number | null, choices = {}) =>
    waysOf({ sessions, travel_minutes }, { ...all, ...choices }).map(
      ({ pair: [one, other], minutes, needed }) => [one.slug, other.slug, minutes, needed],
    );
  expect(told(45)).toEqual([["table", "visite", 30, 45]]);
  expect(told(30)).toEqual([]);
  expect(told(null)).toEqual([["table", "visite", 30, null]]);
  expect(told(45, { table: "online" })).toEqual([]);
});

test("one may ask for what is open or on request, until it begins or its list closes", () => {
  const ahead = (own: Partial<Session>) => isBookable(timed("x", "13:00", "14:00", own), now);
  expect(ahead({})).toBe(true);
  expect(ahead({ access: "on_request", list_closes_at: "2026-12-04T11:00:00Z" })).toBe(true);
  expect(ahead({ list_closes_at: "2026-11-20T11:00:00Z" })).toBe(false);
  expect(ahead({ access: "invited" })).toBe(false);
  expect(ahead({ access: "delegation" })).toBe(false);
  expect(ahead({ seats: [] })).toBe(false);
  expect(isBookable(session("sans heure"), now)).toBe(false);
  expect(isBookable(timed("x", "13:00", "14:00"), new Date("2026-12-08T13:00:00Z"))).toBe(false);
});

test("choosing another way keeps the other sessions, giving up takes one away", () => {
  const choices = { table: "online" } as const;
  const both = chosen(choices, "atelier", "on_site");
  expect(both).toEqual({ table: "online", atelier: "on_site" });
  expect(chosen(both, "table", "on_site")).toEqual({ table: "on_site", atelier: "on_site" });
  expect(chosen(both, "table", null)).toEqual({ atelier: "on_site" });
});

test("what comes next is the first that has not begun, however the programme lists it", () => {
  const at = (slug: string, hour: string) =>
    session(slug, { starts_at: `2026-11-23T${hour}:00Z`, ends_at: `2026-11-23T20:00:00Z` });
  const sessions = [session("sans-heure"), at("tard", "15:00"), at("commencé", "07:00")];
  expect(comingOf([...sessions, at("bientôt", "09:00")], now)?.slug).toBe("bientôt");
  expect(comingOf([at("commencé", "07:00")], now)).toBeNull();
});

const seats = (mode: "on_site" | "online", left: number | null) => ({
  mode,
  capacity: left === null ? null : 10,
  left,
  waiting: 0,
});

test("the room of a stop counts the sessions with seats left, mode by mode, and not those of invited people", () => {
  const hours = { starts_at: "2026-11-24T09:00:00Z", ends_at: "2026-11-24T10:00:00Z" };
  const sessions = [
    session("libre", { ...hours, seats: [seats("on_site", 4), seats("online", null)] }),
    session("complet", { ...hours, seats: [seats("on_site", 0)] }),
    session("fermé", { ...hours, access: "invited", seats: [seats("on_site", 9)] }),
  ];
  expect(roomOf(sessions, now)).toEqual([
    { mode: "on_site", free: 1, all: 2 },
    { mode: "online", free: 1, all: 1 },
  ]);
});
