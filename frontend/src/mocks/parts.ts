/** What the samples are made of. Everything is invented, and dated from the day it is made. */
import type { components } from "../api/generated/schema.ts";

type Schemas = components["schemas"];

const DAY = 86_400_000;

/** Both languages alike: these words are samples. */
export function words(fr: string, en = fr): Schemas["Localized"] {
  return { fr, en };
}

/** So many days from now, as a date. */
export function day(now: Date, days: number): string {
  return new Date(now.getTime() + days * DAY).toISOString().slice(0, 10);
}

/** So many days from now, at an hour of UTC (`08:30`). */
export function at(now: Date, days: number, hour: string): string {
  return `${day(now, days)}T${hour}:00Z`;
}

export const source: Schemas["SourceRead"] = {
  slug: "annonce",
  title: "Annonce du tour",
  publisher: "Agence d’essai (fictive)",
  kind: "official",
  language: "fr",
  url: "https://agence.example/annonce",
  published: { on: "2026-09-01", precision: "day" },
  note: null,
  fictitious: true,
};

export const themes: Schemas["ThemeContent"][] = [
  { slug: "imagerie", label: words("Imagerie", "Imaging") },
  { slug: "donnees", label: words("Données de santé", "Health data") },
  { slug: "metiers", label: words("Métiers et formation", "Skills and training") },
];

export const regions: Schemas["RegionRead"][] = [
  { code: "44", slug: "grand-est", name: "Grand Est", overseas: false, zone: "Europe/Paris" },
  { code: "53", slug: "bretagne", name: "Bretagne", overseas: false, zone: "Europe/Paris" },
  { code: "04", slug: "la-reunion", name: "La Réunion", overseas: true, zone: "Indian/Reunion" },
];

export const terms: Schemas["TermContent"][] = [
  {
    slug: "eds",
    term: "EDS",
    expansion: words("entrepôt de données de santé", "health data warehouse"),
    meaning: null,
    synonyms: [],
  },
];
