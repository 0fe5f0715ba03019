import { pluralOf } from "../plural.ts";

const plural = pluralOf("fr");

export const figures = {
  /** What a key counts, where its unit does not say it well enough. */
  keys: {
    participants: "participants",
    stops: "étapes",
    visits: "visites",
    exhibitors: "exposants",
    "round-tables-and-workshops": "tables rondes et ateliers",
    "actors-met": "acteurs rencontrés",
    budget: "d’enveloppe",
    "aid-per-experiment": "d’aide",
    investment: "d’investissement",
    awarded: "accordés",
    "trial-phase-cost-min": "au moins",
    "trial-phase-cost-max": "au plus",
    applications: "dossiers déposés",
    "applications-occitanie": "dossiers déposés",
    laureates: "lauréats",
    "first-selection": "lauréats attendus d’abord",
    "sites-by-2025": "lieux visés d’ici à 2025",
    "experiments-by-2025": "expérimentations visées d’ici à 2025",
    "people-to-train": "personnes à former",
    opening: "ouverture",
    cutoff: "clôture",
  } as Readonly<Record<string, string>>,
  units: {
    eur_cents: "euros",
    people: "personnes",
    projects: "projets",
    applications: "dossiers",
    organisations: "organisations",
    sites: "sites",
    calls: "appels",
    events: "rencontres",
    actions: "actions",
    percent: "part",
    years: "années",
  },
  percent: (value: string) => `${value} %`,
  sources: (count: number) => plural(count, { one: "# source", other: "# sources" }),
  relation: {
    updated: "Mis à jour depuis",
    another_scope: "Un autre périmètre",
    conflict: "Les sources ne disent pas la même chose",
  },
};
