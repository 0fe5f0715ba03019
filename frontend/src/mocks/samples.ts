/** A small edition to play with: one stop behind, one open, one not yet, in two zones. Invented; dated from the day it is made. */
import type { components } from "../api/generated/schema.ts";
import { at, day, source, words } from "./parts.ts";

type Schemas = components["schemas"];
type Session = Schemas["SessionRead"];
type Stop = Schemas["StopRead"];

const tour: Schemas["TourRef"] = {
  slug: "essai",
  name: words("Tour d’essai", "Trial tour"),
  edition: 2,
  fictitious: true,
};

const call: Schemas["CallRef"] = {
  slug: "terrains",
  kind: "aap",
  name: words("Terrains d’essai", "Trial grounds"),
  state: "open",
  fictitious: true,
};

const hall: Schemas["VenueRead"] = {
  slug: "halle",
  name: "La Halle",
  city: "Nancy",
  area: null,
  commune: "54395",
  address: "1 rue des Essais",
  directions: words("À cinq minutes de la gare.", "Five minutes from the station."),
  accessibility: null,
  fictitious: true,
};

function session(
  own: Pick<Session, "slug" | "kind" | "title" | "starts_at" | "ends_at" | "seats"> &
    Partial<Session>,
): Session {
  return {
    id: `00000000-0000-4000-8000-${own.slug.padStart(12, "0").slice(0, 12)}`,
    description: null,
    on: null,
    part: null,
    status: "scheduled",
    status_reason: null,
    count: 1,
    venue: hall,
    room: null,
    access: "open",
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

function stop(
  own: Pick<Stop, "slug" | "rank" | "name" | "region" | "days" | "cities" | "registration"> &
    Partial<Stop>,
): Stop {
  return {
    title: null,
    region_inferred: false,
    zone: "Europe/Paris",
    status: "scheduled",
    tour,
    fictitious: true,
    summary: null,
    status_reason: null,
    venues: [{ on: null, venue: hall }],
    hosts: [],
    themes: [],
    calls: [{ link: "presented", call }],
    follow_up: [],
    registration_opens_at: null,
    registration_closes_at: null,
    proof_hours: null,
    travel_minutes: null,
    retention_days: null,
    door_release_minutes: null,
    contact: null,
    sessions: [],
    figures: [],
    sources: [source],
    version: 1,
    ...own,
  };
}

const online = { mode: "online", capacity: null, left: null, waiting: 0 } as const;

/** The stops, freshly made. `nancy` takes registrations: its workshop is full, and meets the round table. */
export function createStops(now: Date): Stop[] {
  return [
    stop({
      slug: "brest",
      rank: 1,
      name: words("Brest"),
      region: "53",
      days: [{ on: day(now, -20), theme: null }],
      cities: ["Brest"],
      registration: "closed",
      registration_closes_at: at(now, -21, "12:00"),
      door_release_minutes: null,
    }),
    stop({
      slug: "nancy",
      rank: 2,
      name: words("Nancy"),
      title: words("Essayer ensemble", "Trying together"),
      region: "44",
      days: [{ on: day(now, 20), theme: words("Imagerie", "Imaging") }],
      cities: ["Nancy"],
      registration: "open",
      registration_closes_at: at(now, 19, "17:00"),
      door_release_minutes: null,
      sessions: [
        session({
          slug: "table-ronde",
          kind: "round_table",
          title: words("Voir plus loin", "Seeing further"),
          starts_at: at(now, 20, "08:00"),
          ends_at: at(now, 20, "09:30"),
          seats: [{ mode: "on_site", capacity: 80, left: 12, waiting: 0 }, online],
          calls: [call],
        }),
        session({
          slug: "atelier",
          kind: "workshop",
          title: words("Bâtir un budget", "Building a budget"),
          starts_at: at(now, 20, "09:00"),
          ends_at: at(now, 20, "10:30"),
          seats: [{ mode: "on_site", capacity: 16, left: 0, waiting: 4 }, online],
        }),
        session({
          slug: "dejeuner",
          kind: "exchange",
          title: words("Déjeuner des directions", "Directors’ lunch"),
          starts_at: at(now, 20, "11:00"),
          ends_at: at(now, 20, "12:00"),
          access: "invited",
          seats: [{ mode: "on_site", capacity: 20, left: 20, waiting: 0 }],
        }),
        session({
          slug: "visite",
          kind: "visit",
          title: words("Visite de la salle grise", "Visit to the grey room"),
          starts_at: at(now, 20, "13:00"),
          ends_at: at(now, 20, "14:00"),
          access: "on_request",
          list_closes_at: at(now, 15, "11:00"),
          needs_identity: true,
          seats: [{ mode: "on_site", capacity: 9, left: 3, waiting: 0 }],
        }),
      ],
    }),
    stop({
      slug: "saint-pierre",
      rank: 3,
      name: words("Saint-Pierre"),
      region: "04",
      zone: "Indian/Reunion",
      days: [
        { on: day(now, 60), theme: null },
        { on: day(now, 62), theme: null },
      ],
      cities: ["Saint-Pierre", "Cilaos"],
      registration: "not_yet",
      registration_opens_at: at(now, 30, "04:00"),
    }),
  ];
}

/** The edition that those stops make. */
export function tourOf(stops: readonly Stop[]): Schemas["TourRead"] {
  return {
    ...tour,
    summary: words("Trois étapes pour essayer.", "Three stops to try."),
    starts: { on: stops[0]?.days[0]?.on ?? "2026-01-01", precision: "day" },
    ends: null,
    purposes: [{ text: words("Essayer avant de montrer.", "Try before showing."), source: null }],
    stops: [...stops],
    figures: [
      {
        key: "participants",
        headline: {
          value: 1_700,
          unit: "people",
          qualifier: "more_than",
          day: null,
          scope: null,
          stated: null,
          source,
        },
        others: [],
        relation: null,
        sentence: null,
      },
    ],
    sources: [source],
  };
}
