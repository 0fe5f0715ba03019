import { expect, test } from "vitest";
import type { Seat } from "./held.ts";
import { isToday } from "./ticket.tsx";

const ON_SITE: Seat = {
  session: "table",
  kind: "round_table",
  title: { fr: "Table ronde", en: null },
  session_status: "scheduled",
  starts_at: "2027-01-11T21:00:00Z",
  ends_at: "2027-01-11T22:00:00Z",
  venue: null,
  room: null,
  mode: "on_site",
  status: "confirmed",
  rank: null,
  chance: null,
  held_until: null,
  is_meanwhile: false,
  join_url: null,
};

test("a ticket is for the day that it is where the stop is, and for who comes", () => {
  const [eve, day] = [new Date("2027-01-11T19:00:00Z"), new Date("2027-01-11T20:30:00Z")];
  expect(isToday([ON_SITE], "Indian/Reunion", eve)).toBe(false);
  expect(isToday([ON_SITE], "Indian/Reunion", day)).toBe(true);
  expect(isToday([{ ...ON_SITE, mode: "online" }], "Indian/Reunion", day)).toBe(false);
});
