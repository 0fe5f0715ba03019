import { expect, test } from "vitest";
import type { Registration } from "./held.ts";
import { isToday } from "./ticket.tsx";

const held = { session: "table", status: "confirmed", is_meanwhile: false } as const;

function registered(mode: "on_site" | "online"): Registration {
  const seat = { ...held, mode, starts_at: "2027-01-11T21:00:00Z" };
  return { seats: [seat], stop: { zone: "Indian/Reunion" } } as unknown as Registration;
}

test("a ticket is for the day that it is where the stop is, and for who comes", () => {
  const [eve, day] = [new Date("2027-01-11T19:00:00Z"), new Date("2027-01-11T20:30:00Z")];
  expect(isToday(registered("on_site"), eve)).toBe(false);
  expect(isToday(registered("on_site"), day)).toBe(true);
  expect(isToday(registered("online"), day)).toBe(false);
});
