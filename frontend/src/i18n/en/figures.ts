import type { Messages } from "../messages.ts";
import { pluralOf } from "../plural.ts";

const plural = pluralOf("en");

export const figures: Messages["figures"] = {
  keys: {
    participants: "participants",
    stops: "stops",
    visits: "visits",
    exhibitors: "exhibitors",
    "round-tables-and-workshops": "round tables and workshops",
    "actors-met": "actors met",
  },
  units: {
    eur_cents: "euros",
    people: "people",
    projects: "projects",
    applications: "applications",
    organisations: "organisations",
    sites: "sites",
    calls: "calls",
    events: "events",
    actions: "actions",
    percent: "share",
    years: "years",
  },
  percent: (value) => `${value}%`,
  sources: (count) => plural(count, { one: "# source", other: "# sources" }),
  relation: {
    updated: "Updated since",
    another_scope: "Another scope",
    conflict: "The sources do not say the same",
  },
};
