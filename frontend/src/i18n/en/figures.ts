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
    budget: "of budget",
    "aid-per-experiment": "of aid",
    investment: "of investment",
    awarded: "awarded",
    "trial-phase-cost-min": "at least",
    "trial-phase-cost-max": "at most",
    applications: "applications",
    "applications-occitanie": "applications",
    laureates: "laureates",
    "first-selection": "laureates expected first",
    "sites-by-2025": "sites aimed at by 2025",
    "experiments-by-2025": "experiments aimed at by 2025",
    "people-to-train": "people to train",
    opening: "opening",
    cutoff: "closing",
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
