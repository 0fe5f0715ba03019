/** Calls to find and read: one in each state of a call's life, and enough past ones for a second page. */
import type { components } from "../api/generated/schema.ts";
import { at, day, source, words } from "./parts.ts";
import { createQuestions } from "./questions.ts";

type Schemas = components["schemas"];
type Call = Schemas["CallRead"];
type Wave = Schemas["CallWave"];

const PAST = 17;
const SOON = 14;

const operator = { slug: "agence", name: "Agence d’essai (fictive)", acronym: null };

/** An instant at an hour of UTC, or a day whose hour nobody states. */
function moment(now: Date, days: number, hour: string | null): Schemas["Moment"] {
  return {
    on: day(now, days),
    at: hour === null ? null : at(now, days, hour),
    zone: "Europe/Paris",
    precision: hour === null ? "day" : "instant",
  };
}

/** A wave between two days counted from now. */
function wave(now: Date, rank: number, from: number, to: number, hour: string | null): Wave {
  return {
    rank,
    name: null,
    note: null,
    opens: moment(now, from, "08:00"),
    closes: moment(now, to, hour),
    results: moment(now, to + 60, null),
    grace_minutes: 0,
    rolling: false,
    source,
    sources: [],
    figures: [],
    answered_in_days: null,
    selection: null,
    state: to < 0 ? "closed" : from > 0 ? "to_come" : "open",
  };
}

/** What the waves say: the state, the deadline and the next opening. */
function stateOf(now: Date, waves: readonly Wave[]) {
  const present = waves.find(({ state }) => state === "open");
  const next = waves.find(({ state }) => state === "to_come");
  const deadline = (present ?? next)?.closes ?? null;
  let state: Schemas["CallState"] = "closed";
  if (present !== undefined) {
    state = deadline !== null && deadline.on <= day(now, SOON) ? "closing" : "open";
  } else if (next !== undefined) {
    state = next === waves[0] ? "announced" : "between_waves";
  }
  return { state, deadline, next_opening: present === undefined ? (next?.opens ?? null) : null };
}

function call(
  now: Date,
  own: Pick<Call, "slug" | "kind" | "name" | "waves"> & Partial<Call>,
): Call {
  return {
    ...stateOf(now, own.waves),
    promise: null,
    rolling: false,
    description: null,
    amount_min_cents: null,
    amount_max_cents: null,
    rates: [],
    budget: null,
    themes: [],
    regions: [],
    applicants: [],
    aids: ["grant"],
    stages: [],
    operator,
    programme: null,
    envelope: null,
    funders: [],
    funds: [],
    excludes: [],
    costs: [],
    conditions: [],
    criteria: [],
    contact: null,
    apply_url: null,
    documents: [],
    questions: [],
    amendments: [],
    figures: [],
    observations: [],
    halt: null,
    recurrence: null,
    successor: null,
    sources: [source],
    fictitious: true,
    version: 1,
    ...own,
  };
}

function money(key: string, cents: number): Schemas["FigureSet"] {
  const stated = { value: cents, unit: "eur_cents", qualifier: "exact", source } as const;
  return {
    key,
    headline: { ...stated, day: null, scope: null, stated: null },
    others: [],
    relation: null,
    sentence: null,
  };
}

/** The calls, freshly made. Those of the past play the real ones, so that the filter of editions has two values. */
export function createCalls(now: Date): Call[] {
  const past = Array.from({ length: PAST }, (_, index) => PAST - index).map((rank) =>
    call(now, {
      slug: `bourse-${rank}`,
      kind: "contest",
      name: words(`Bourse d’essai, édition ${rank}`, `Trial bursary, edition ${rank}`),
      promise: words("Une année pour essayer.", "One year to try."),
      themes: ["metiers"],
      applicants: ["university"],
      aids: ["prize"],
      fictitious: false,
      waves: [wave(now, 1, 30 * (rank - PAST) - 90, 30 * (rank - PAST) - 20, "11:00")],
    }),
  );
  return [
    call(now, {
      slug: "salles-grises",
      kind: "ami",
      name: words("Salles grises", "Grey rooms"),
      promise: words(
        "Une salle et ses machines, le temps d’un essai.",
        "A room and its machines for the time of a trial.",
      ),
      themes: ["imagerie"],
      applicants: ["health_facility", "small_company"],
      aids: ["support"],
      stages: ["prototype"],
      waves: [wave(now, 1, -40, 9, null)],
    }),
    call(now, {
      slug: "terrains",
      kind: "aap",
      name: words("Terrains d’essai", "Trial grounds"),
      promise: words(
        "Tester une idée avec ceux qui s’en serviront.",
        "Test an idea with those who will use it.",
      ),
      description: words("Un lieu de soins ouvre ses portes.", "A place of care opens its doors."),
      amount_min_cents: 5_000_000,
      amount_max_cents: 40_000_000,
      rates: [{ label: words("Entreprises", "Companies"), percent: 50, ceiling_cents: null }],
      budget: money("budget", 1_200_000_000),
      themes: ["donnees", "imagerie"],
      applicants: ["health_facility", "consortium"],
      stages: ["prototype", "evaluation"],
      funds: [{ text: words("Le temps des équipes", "The teams’ time"), source: "annonce" }],
      excludes: [{ text: words("Les bâtiments", "Buildings"), source: "annonce" }],
      conditions: [{ text: words("Venir à deux", "Come in pairs"), source: null }],
      criteria: [
        {
          about: "structure",
          whom: "lead",
          kinds: ["health_facility"],
          text: words("Le chef de file soigne.", "The leader gives care."),
          source: "annonce",
        },
      ],
      contact: {
        name: "Le guichet d’essai",
        role: null,
        email: "aide@agence.example",
        phone: null,
      },
      apply_url: "https://agence.example/deposer",
      documents: [{ title: words("Le règlement", "The rules"), url: null, language: "fr" }],
      questions: createQuestions(now),
      figures: [money("budget", 1_200_000_000)],
      waves: [wave(now, 1, -30, 45, "11:00")],
    }),
    call(now, {
      slug: "cle-ouverte",
      kind: "ami",
      name: words("Clé ouverte", "Open key"),
      recurrence: "permanent",
      rolling: true,
      state: "open",
      deadline: null,
      waves: [{ ...wave(now, 1, -400, 1, null), closes: null, results: null, rolling: true }],
    }),
    call(now, {
      slug: "donnees-partagees",
      kind: "aap",
      name: words("Données partagées", "Shared data"),
      themes: ["donnees"],
      regions: ["44"],
      applicants: ["research_body", "consortium"],
      aids: ["grant", "repayable_advance"],
      amount_max_cents: 90_000_000,
      waves: [wave(now, 1, -200, -120, "11:00"), wave(now, 2, 25, 100, "11:00")],
    }),
    call(now, {
      slug: "metiers",
      kind: "aap",
      name: words("Métiers d’essai", "Trial trades"),
      themes: ["metiers"],
      regions: ["53"],
      applicants: ["university", "association"],
      waves: [wave(now, 1, 50, 120, null)],
    }),
    call(now, {
      slug: "bancs",
      kind: "window",
      name: words("Bancs d’épreuve", "Test benches"),
      themes: ["imagerie"],
      applicants: ["small_company", "large_company"],
      aids: ["loan"],
      state: "suspended",
      halt: {
        state: "suspended",
        since: { on: day(now, -5), precision: "day" },
        reason: words("Le guichet déménage.", "The desk is moving."),
      },
      waves: [wave(now, 1, -90, 90, "16:00")],
    }),
    ...past,
  ];
}
