import type { Moment } from "#i18n/dates.ts";
import type { RoutePoint } from "#ui/route-line.tsx";

/** Illustrations: nothing here exists. */
export const closes: Moment = {
  at: "2026-12-09T11:00:00Z",
  on: "2026-12-09",
  zone: "Europe/Paris",
  precision: "instant",
};

export const dayOnly: Moment = {
  at: null,
  on: "2027-01-29",
  zone: "Europe/Paris",
  precision: "day",
};

export const waves: RoutePoint[] = [
  { id: "1", state: "past", title: "Vague 1 close", detail: "mer. 25 mai, 12:00" },
  { id: "2", state: "past", title: "Résultats", detail: "10 lauréats" },
  { id: "now", state: "now", title: "Aujourd’hui" },
  { id: "3", state: "next", title: "Vague 2", detail: "mer. 9 déc., 12:00" },
  { id: "4", state: "coming", title: "Vague 3", detail: "à annoncer" },
];
