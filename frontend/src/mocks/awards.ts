/** Awards in memory: found by what begins a word, and narrowed by region. */
import type { components } from "../api/generated/schema.ts";
import { http } from "./http.ts";
import { source, words } from "./parts.ts";

type Schemas = components["schemas"];
type Award = Schemas["AwardRead"];

const PAGE = 20;
const NAMES = ["Le carnet partagé", "Mesurer la douleur", "Les tournées allégées"];

function award(rank: number): Award {
  return {
    slug: `projet-${rank}`,
    project: words(`${NAMES[Math.floor(rank / 3) % NAMES.length]} ${rank}`),
    summary: null,
    programme: null,
    call: {
      slug: "terrains",
      name: words("Terrains d’essai", "Trial grounds"),
      wave: 1,
      wave_name: null,
    },
    recipient: "Hôpital d’essai (fictif)",
    siren: null,
    organisation: null,
    region: ["44", "53", "04"][rank % 3] ?? null,
    commune: null,
    place: null,
    amount_cents: rank % 5 === 0 ? null : rank * 1_000_000,
    decided: { on: "2026-09-01", precision: "month" },
    url: null,
    source,
    fictitious: true,
  };
}

const awards = Array.from({ length: 24 }, (_, at) => award(at + 1));

function sumsOf(found: readonly Award[]): Schemas["AwardSums"] {
  const amounts = found.flatMap(({ amount_cents: cents }) => (cents === null ? [] : [cents]));
  return {
    count: found.length,
    amount_cents: amounts.reduce((sum, cents) => sum + cents, 0),
    not_stated: found.length - amounts.length,
  };
}

export const awardHandlers = [
  http.get("/api/v1/awards", ({ request, response }) => {
    const asked = new URL(request.url).searchParams;
    const typed = (asked.get("q") ?? "").toLowerCase();
    const regions = asked.getAll("region");
    const from = Number(asked.get("amount_from") ?? 0);
    const to = Number(asked.get("amount_to") ?? Infinity);
    const said = awards.filter(
      ({ project, amount_cents: cents }) =>
        project.fr.toLowerCase().includes(typed) &&
        (!asked.has("amount_from") && !asked.has("amount_to")
          ? true
          : cents !== null && from <= cents && cents <= to),
    );
    const found = said.filter(
      ({ region }) => regions.length === 0 || regions.includes(region ?? ""),
    );
    const first = Number(asked.get("cursor") ?? 0);
    const next = first + Number(asked.get("limit") ?? PAGE);
    const there = new Map(
      said.map(({ region }) => [region, said.filter((each) => each.region === region)]),
    );
    return response(200).json({
      items: found.slice(first, next),
      total: found.length,
      next: next < found.length ? String(next) : null,
      sums: sumsOf(found),
      facets: {
        region: [...there].map(([value, of]) => Object.assign(sumsOf(of), { value, label: null })),
      },
      corrections: {},
    });
  }),
];
